package io.toolstream.worker.meter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.toolstream.kafka.Publisher;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.Effect;
import io.toolstream.wire.Headers;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all that is measured of one call costs: its attempt, its reply and its event sent, its end. The bounds are far above what a
 * quiet machine shows, which stands in {@code docs/observability.md}.
 */
final class MeteringCostTest {
    private static final Logger log = LoggerFactory.getLogger(MeteringCostTest.class);
    private static final int WARM_UP = 100_000;
    private static final int CALLS = 50_000;
    private static final int ROUNDS = 7;
    private static final long MOST_NANOS = 10_000;
    private static final long MOST_BYTES = 600;

    private static final Tool TOOL = ToolFixtures.tool("fs", "read", Effect.READ);
    private static final Answer ANSWER = new Answer(Status.OK, RawJson.EMPTY_OBJECT, 1);
    private static final Timings TIMINGS = new Timings(30, 20, 50);
    private static final OutboundRecord RECORD = new OutboundRecord(null, new byte[0], Headers.NONE);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void metersOfACall_costLittle() {
        try (Meters on = new Meters();
                Meters off = Meters.off()) {
            Runnable metered = call(on);
            Runnable unmetered = call(off);
            measure(metered, WARM_UP);
            measure(unmetered, WARM_UP);

            Cost with = Cost.MOST;
            Cost without = Cost.MOST;
            for (int round = 0; round < ROUNDS; round++) {
                with = with.least(measure(metered, CALLS));
                without = without.least(measure(unmetered, CALLS));
            }

            log.info("a call metered: {}, not metered: {}", with, without);
            assertThat(with.nanos() - without.nanos()).isLessThan(MOST_NANOS);
            assertThat(with.bytes() - without.bytes()).isLessThan(MOST_BYTES);
        }
    }

    /** All that the line does for the sake of meters. */
    private static Runnable call(Meters meters) {
        CallMeters calls = CallMeters.of(meters);
        CompletableFuture<Answer> answered = CompletableFuture.completedFuture(ANSWER);
        Invoker invoker = new MeteredInvoker(unused -> answered, calls, calls.roundTrips("fs"));
        Publisher publisher = MeteredPublisher.of(new Acknowledging(), topic -> topic, meters);
        Invocation invocation = Records.invocation(TOOL);
        Outcome outcome = new Outcome.Answered(ANSWER);
        return () -> {
            var unusedAnswer = invoker.invoke(invocation);
            var unusedReply = publisher.publish("replies", null, RECORD);
            var unusedEvent = publisher.publish("events", null, RECORD);
            calls.settled(TOOL, outcome, TIMINGS, Duration.ofNanos(1_234_567), null);
        };
    }

    private Cost measure(Runnable call, int times) {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            call.run();
        }
        return new Cost(
                (threads.getCurrentThreadCpuTime() - nanos) / times,
                (threads.getCurrentThreadAllocatedBytes() - bytes) / times);
    }

    private record Cost(long nanos, long bytes) {
        private static final Cost MOST = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);

        Cost least(Cost other) {
            return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
        }

        @Override
        public String toString() {
            return nanos + " ns and " + bytes + " bytes";
        }
    }

    /** Acknowledges at once and keeps nothing. */
    private static final class Acknowledging implements Publisher {
        private final CompletableFuture<RecordPosition> acknowledged =
                CompletableFuture.completedFuture(new RecordPosition("replies", 0, 0));

        @Override
        public CompletableFuture<RecordPosition> publish(
                String topic, @Nullable Integer partition, OutboundRecord record) {
            return acknowledged;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
