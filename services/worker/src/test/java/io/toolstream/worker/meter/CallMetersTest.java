package io.toolstream.worker.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.Effect;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Headers;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallMetersTest {
    private static final Timings TIMINGS = new Timings(30, 20, 50);
    private static final Outcome OK = new Outcome.Answered(new Answer(Status.OK, RawJson.EMPTY_OBJECT, 1));

    private final Meters meters = new Meters();
    private final CallMeters calls = CallMeters.of(meters);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void settled_countsByStatusAndTool() {
        calls.settled(ToolFixtures.tool("fs", "read", Effect.READ), OK, TIMINGS, Duration.ofMillis(60), null);

        assertThat(meters.scrape())
                .contains("messaging_process_duration_seconds_count{")
                .contains("gen_ai_tool_name=\"read\"")
                .contains("toolstream_status=\"ok\"")
                .contains("le=\"300.0\"");
    }

    @Test
    void settled_unresolvedCalls_shareOneLabel() {
        Outcome refused = new Outcome.Failed(Failure.beforeDispatch(ErrorCode.UNKNOWN_TOOL, "no"));

        for (int i = 0; i < 1_000; i++) {
            calls.settled(null, refused, TIMINGS, Duration.ofMillis(1), null);
        }

        assertThat(series("messaging_process_duration_seconds_count")).isEqualTo(1);
    }

    @Test
    void settled_moreToolsThanTheBound_areOneTogether() {
        for (int i = 0; i < 5_000; i++) {
            Tool tool = ToolFixtures.tool("fs", "tool-" + i, Effect.READ);
            calls.settled(tool, OK, TIMINGS, Duration.ofMillis(1), null);
        }

        assertThat(series("messaging_process_duration_seconds_count")).isEqualTo(201);
        assertThat(meters.scrape()).contains("gen_ai_tool_name=\"other\"");
    }

    @Test
    void invoke_timesTheAttempt() {
        MeteredInvoker invoker = new MeteredInvoker(
                invocation -> CompletableFuture.completedFuture(new Answer(Status.TOOL_ERROR, RawJson.EMPTY_OBJECT, 1)),
                calls,
                calls.roundTrips("fs"));

        invoker.invoke(Records.invocation(ToolFixtures.tool("fs", "read", Effect.READ)))
                .join();

        assertThat(calls.roundTrips("fs").median()).isPresent();
        assertThat(calls.roundTrips("web").median()).isEmpty();

        assertThat(meters.scrape())
                .contains("mcp_client_operation_duration_seconds_count{error_type=\"tool_error\"")
                .contains("mcp_method_name=\"tools/call\"");
    }

    @Test
    void publish_countsByKindOfTopic() {
        FakePublisher broker = new FakePublisher();
        var publisher = MeteredPublisher.of(broker, topic -> "of-callers", meters);

        for (int i = 0; i < 10; i++) {
            var unused = publisher.publish("somebody-" + i, null, new OutboundRecord(null, new byte[0], Headers.NONE));
        }

        assertThat(series("messaging_client_sent_messages_total"))
                .as("acknowledged and refused, of the one kind")
                .isEqualTo(2);
        assertThat(meters.scrape()).containsPattern("sent_messages_total\\{error_type=\"none\".*} 10");
    }

    @Test
    void publish_byTwoWaysToOnePlace_isCountedTogether() {
        OutboundRecord record = new OutboundRecord(null, new byte[0], Headers.NONE);
        var prompt = MeteredPublisher.of(new FakePublisher(), topic -> topic, meters);
        var gathering = MeteredPublisher.of(new FakePublisher(), topic -> topic, meters);

        var first = prompt.publish("replies", null, record);
        var second = gathering.publish("replies", null, record);

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(meters.scrape()).containsPattern("sent_messages_total\\{error_type=\"none\".*replies.*} 2");
    }

    private long series(String name) {
        return meters.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .count();
    }
}
