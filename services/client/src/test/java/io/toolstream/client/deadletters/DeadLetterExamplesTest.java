package io.toolstream.client.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.client.examples.DeadLetterExamples;
import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.TopicNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the examples of the Javadoc do. */
final class DeadLetterExamplesTest {
    private static final TopicNames NAMES = TopicNames.DEFAULT;

    private final FakeTopics topics =
            new FakeTopics(NAMES.calls(), NAMES.deadLetters(), NAMES.events(), NAMES.replays(), NAMES.catalogue());
    private final LetterTopics kept = new LetterTopics(topics);
    private final DeadLetters letters = new DeadLetters(
            new Replay.Surroundings(topics, NAMES, InstantSource.fixed(Instant.EPOCH), () -> 0, nanos -> {}));
    private final List<String> shown = new ArrayList<>();

    @Test
    void replaying_withoutLetters_sendsNone() {
        assertThat(DeadLetterExamples.replaying(letters, shown)).isEqualTo("0 of 0 sent");
        assertThat(shown).isEmpty();
    }

    @Test
    void replaying_ofACallThatCannotBeSent_saysSo() {
        kept.tool("read", "read");
        kept.keep("read", ErrorCode.CONNECT_FAILED, "refused", 5);
        topics.refuse((topic, record) ->
                topic.equals(NAMES.calls()) ? new PublishException(Kind.DESTINATION, "not authorized", null) : null);

        assertThat(DeadLetterExamples.replaying(letters, shown))
                .startsWith("not sent, for their topics are gone")
                .contains("not authorized");
    }

    @Test
    void causes_areCounted() {
        kept.keep("read", ErrorCode.CONNECT_FAILED, "refused at port 1", 5);
        kept.keep("read", ErrorCode.CONNECT_FAILED, "refused at port 2", 6);

        assertThat(DeadLetterExamples.causes(letters, Instant.EPOCH))
                .singleElement()
                .asString()
                .startsWith("2 × connect-failed, cause ");
    }
}
