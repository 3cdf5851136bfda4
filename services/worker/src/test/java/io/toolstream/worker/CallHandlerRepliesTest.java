package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.FakePublisher.Sent;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.Records;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where replies go, and what becomes of those that cannot be written. */
final class CallHandlerRepliesTest {
    private final HandledCalls calls = new HandledCalls();

    @AfterEach
    void stop() {
        calls.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"toolstream.calls", "__consumer_offsets", "somewhere", "../x"})
    void handle_forbiddenReplyTopic_executesNothingAndAnswersNowhere(String topic) {
        assertThat(calls.handle(HandledCalls.READ, Records.header("reply-to", topic)))
                .isCompleted();

        assertThat(calls.server.requests).isEmpty();
        assertThat(calls.broker.sent())
                .extracting(Sent::topic)
                .containsExactlyInAnyOrder(HandledCalls.TOPICS.deadLetters(), HandledCalls.TOPICS.events());
        assertThat(calls.onlyDeadLetter().code()).isEqualTo(ErrorCode.REPLY_ROUTE_FORBIDDEN.text());
    }

    @Test
    void handle_replyGoesWhereAsked_withTheCorrelationIdAsItCame() {
        byte[] id = {0, 1, 2, (byte) 0xff, (byte) 0xfe, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

        CompletableFuture<?> handled = calls.handle(
                HandledCalls.READ,
                new Header("correlation-id", id),
                Records.header("reply-to", "svc.replies"),
                Records.header("reply-partition", "1"));

        assertThat(handled).isCompleted();
        Sent reply = calls.broker.sentTo("svc.replies").get(0);
        assertThat(reply.partition()).isEqualTo(1);
        assertThat(reply.record().key()).isEqualTo(id);
        assertThat(reply.record().headers().last("correlation-id")).hasValue(id);
        assertThat(HandledCalls.decoded(reply).identity().correlationId()).startsWith("base64:");
    }

    @Test
    void handle_replyTopicThatVanished_keepsTheCall() {
        calls.broker.refuse("svc.replies", Kind.DESTINATION);

        assertThat(calls.handle(HandledCalls.READ, Records.header("reply-to", "svc.replies")))
                .isCompleted();

        assertThat(calls.replies()).isEmpty();
        assertThat(calls.onlyDeadLetter().code()).isEqualTo(ErrorCode.REPLY_UNDELIVERABLE.text());
        assertThat(calls.onlyEvent().ending().status()).isEqualTo(Status.OK);
    }

    @Test
    void handle_replyTooLargeForItsTopic_tellsTheCallerAndKeepsTheCall() {
        calls.broker.refuse(HandledCalls.TOPICS.replies(), Kind.TOO_LARGE);

        assertThat(calls.handle(HandledCalls.READ)).isCompleted();

        assertThat(calls.onlyReply().status()).isEqualTo(Status.FAILED);
        assertThat(calls.onlyError().code()).isEqualTo(ErrorCode.RESULT_TOO_LARGE.text());
        assertThat(calls.onlyError().mayHaveRun()).isEqualTo(MayHaveRun.YES);
        assertThat(calls.onlyDeadLetter().code()).isEqualTo(ErrorCode.REPLY_UNDELIVERABLE.text());
    }

    @Test
    void handle_deadLetterTooLarge_isKeptByItsPosition() {
        calls.broker.refuse(HandledCalls.TOPICS.deadLetters(), Kind.TOO_LARGE);

        assertThat(calls.handle("nonsense")).isCompleted();

        assertThat(calls.onlyDeadLetter().original().value()).isNull();
        assertThat(calls.onlyDeadLetter().original().position().topic()).isEqualTo("toolstream.calls");
        assertThat(calls.onlyDeadLetter().message()).contains("larger than this topic takes");
    }

    @Test
    void handle_whileTheBrokerIsAway_isNotAcknowledged() {
        calls.broker.refuse(HandledCalls.TOPICS.replies(), Kind.TRANSIENT, Kind.TRANSIENT);

        CompletableFuture<?> handled = calls.handle(HandledCalls.READ);

        assertThat(handled).isNotDone();
        calls.timer.runNext();
        assertThat(handled).isNotDone();
        calls.timer.runNext();
        assertThat(handled).isCompleted();
        assertThat(calls.server.requests).hasSize(1);
        assertThat(calls.replies()).hasSize(1);
    }

    @Test
    void handle_withABrokenProducer_failsSoThatNothingIsCommitted() {
        calls.broker.refuse(HandledCalls.TOPICS.replies(), Kind.FATAL);

        assertThat(calls.handle(HandledCalls.READ)).isCompletedExceptionally();
    }

    @Test
    void handle_withABrokenProducerAfterItsPartitionWasLost_concernsNobody() {
        calls.server.onCall = request -> {
            calls.isHeld = false;
            return CompletableFuture.completedFuture(FakeToolServer.result("{}"));
        };
        calls.broker.refuse(HandledCalls.TOPICS.replies(), Kind.FATAL);

        assertThat(calls.handle(HandledCalls.READ)).isCompleted();
    }
}
