package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallTracingTest {
    private static final ToolCall CALL = ToolCall.of("fs", "read_file")
            .trace(new TraceContext("00-of-the-caller", null, "b=1"))
            .timeout(Duration.ofSeconds(5));

    private final FakePublisher publisher = new FakePublisher();
    private final ManualAlarm alarm = new ManualAlarm();
    private final List<String> told = new ArrayList<>();
    private final List<FakeReplies> tails = new ArrayList<>();
    private final ToolClient client = new ToolClient(
            ClientSettings.of("localhost:1").withMaxInFlight(1),
            new Surroundings(
                    publisher,
                    onReply -> {
                        FakeReplies tail = new FakeReplies(onReply);
                        tails.add(tail);
                        return tail;
                    },
                    (since, handler) -> {},
                    new Time(alarm, InstantSource.fixed(Instant.EPOCH), alarm::nowNanos),
                    "instance",
                    () -> {}),
            Keys.none(),
            this::begin);

    private CallTracing.Sending begin(String topic, String id, TraceContext given) {
        told.add("begun " + topic + " below " + given.traceparent());
        return new CallTracing.Sending() {
            @Override
            public TraceContext context() {
                return new TraceContext("00-of-the-span", null, given.baggage());
            }

            @Override
            public void accepted(RecordPosition position) {
                told.add("accepted");
            }

            @Override
            public void failed(Throwable failure) {
                told.add("failed");
            }
        };
    }

    @Test
    void call_carriesTheContextOfItsSpan_whichEndsWithTheAcknowledgement() {
        tails.get(0).becomeReady();

        var unused = client.call(CALL);

        TraceContext carried = FakeReplies.callOf(publisher.last()).context().trace();
        publisher.last().acknowledge();
        assertThat(carried).isEqualTo(new TraceContext("00-of-the-span", null, "b=1"));
        assertThat(told).containsExactly("begun toolstream.calls below 00-of-the-caller", "accepted");
    }

    @Test
    void callThatTheBrokerDoesNotTake_isToldAsFailed() {
        tails.get(0).becomeReady();
        var unused = client.call(CALL);

        publisher.last().acknowledgement().completeExceptionally(new IllegalStateException("refused"));

        assertThat(told).endsWith("failed");
    }

    @Test
    void callThatIsNeverSent_isToldAsFailed() {
        var waiting = client.call(CALL);
        var refused = client.call(CALL);
        assertThat(refused).isCompletedExceptionally();

        waiting.cancel(false);

        assertThat(told.stream().filter("failed"::equals)).hasSize(2);
        assertThat(told).doesNotContain("accepted");
    }
}
