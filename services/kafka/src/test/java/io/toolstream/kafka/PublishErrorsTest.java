package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException.Kind;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PublishErrorsTest {
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(new UnknownTopicOrPartitionException("x"), Kind.DESTINATION),
                Arguments.of(new InvalidTopicException("x"), Kind.DESTINATION),
                Arguments.of(new TopicAuthorizationException("x"), Kind.DESTINATION),
                Arguments.of(new PolicyViolationException("x"), Kind.DESTINATION),
                Arguments.of(new RecordTooLargeException("x"), Kind.TOO_LARGE),
                Arguments.of(new RecordBatchTooLargeException("x"), Kind.TOO_LARGE),
                Arguments.of(new TimeoutException("x"), Kind.TRANSIENT),
                Arguments.of(new NotEnoughReplicasException("x"), Kind.TRANSIENT),
                Arguments.of(new SaslAuthenticationException("x"), Kind.TRANSIENT),
                Arguments.of(new InterruptException(new InterruptedException("x")), Kind.TRANSIENT),
                Arguments.of(new OutOfOrderSequenceException("x"), Kind.TRANSIENT),
                Arguments.of(new ClusterAuthorizationException("x"), Kind.FATAL),
                Arguments.of(new UnsupportedVersionException("x"), Kind.FATAL),
                Arguments.of(new KafkaException("x"), Kind.FATAL),
                Arguments.of(new IllegalStateException("x"), Kind.FATAL));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void of_aClientsException_saysWhatToDo(Exception failure, Kind kind) {
        Thread.interrupted(); // Kafka's InterruptException sets the flag
        PublishException direct = PublishErrors.of("replies", failure);
        PublishException wrapped = PublishErrors.of("replies", new CompletionException(failure));

        assertThat(direct.kind()).isEqualTo(kind);
        assertThat(wrapped.kind()).isEqualTo(kind);
        assertThat(direct).hasMessageContaining("replies").hasCause(failure);
        assertThat(PublishErrors.of("replies", direct)).isSameAs(direct);
    }
}
