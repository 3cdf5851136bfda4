package io.toolstream.client.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as going well. */
final class OutcomesTest {
    private final FakeTopics topics = new FakeTopics("events");
    private final Outcomes outcomes = Outcomes.follow(topics, "events");

    @ParameterizedTest
    @CsvSource({
        "OK, , ''",
        "TOOL_ERROR, , ended tool_error",
        "CANCELLED, , ended cancelled",
        "UNAVAILABLE, breaker-open, ended unavailable (breaker-open)"
    })
    void trouble_isAnythingButOk(Status status, @Nullable String code, String trouble) throws Exception {
        Event event = new Event(
                new Event.Origin(new RecordPosition("calls", 0, 1), null),
                new Event.Subject("c1", "fs", "read", null, Priority.REPLAY),
                new Event.Ending(status, code, 1, "none", true, false),
                new Event.Times(0, 0, 0, 0),
                "worker-1",
                5);
        topics.put("events", 0, new EventCodec().encode(List.of(event)));

        assertThat(outcomes.troubleWith("c1", Duration.ofSeconds(1))).isEqualTo(trouble);
    }

    @Test
    void trouble_ofACallThatNeverEnds_isThat() throws Exception {
        assertThat(outcomes.troubleWith("c1", Duration.ofMillis(1))).startsWith("did not end within");
    }
}
