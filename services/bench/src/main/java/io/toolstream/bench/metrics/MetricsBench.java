package io.toolstream.bench.metrics;

import io.toolstream.bench.place.PlacedPart;
import io.toolstream.bench.place.ProcessFigures;
import io.toolstream.client.metrics.MetricsFollower;
import io.toolstream.embedded.broker.BrokerSettings;
import io.toolstream.embedded.broker.EmbeddedBroker;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.TopicAdmin;
import io.toolstream.settings.TopicSettings;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.TopicLayout;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills the events topic, starts the app, and waits until what it publishes has all of it; then writes at a steady pace and
 * looks how old the records are that come of it. Where broker and app share this process, its figures are of both.
 */
public final class MetricsBench {
    private static final int IN_A_RECORD = 50;
    private static final long PATIENCE_SECONDS = 300;
    private static final Duration REACH = Duration.ofHours(1);
    private static final String PREFIX = "bench.";

    private final MetricsBenchSettings settings;
    private final PrintStream out;
    private final PrintStream progress;

    private MetricsBench(MetricsBenchSettings settings, PrintStream out, PrintStream progress) {
        this.settings = settings;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Measures and prints. Blocks until the run is over.
     *
     * @return the exit code: 0, or 1 where not all was counted
     */
    public static int run(MetricsBenchSettings settings, PrintStream out, PrintStream progress)
            throws InterruptedException {
        return new MetricsBench(settings, out, progress).run() ? 0 : 1;
    }

    private boolean run() throws InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary())) {
            Map<String, String> route = Map.of("bootstrapServers", broker.bootstrapServers(), "prefix", PREFIX);
            TopicSettings topics = MetricsPart.toolstream(route).topics();
            KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), "bench", Map.of());
            try (TopicAdmin admin = new TopicAdmin(kafka)) {
                admin.ensure(TopicLayout.ofMetrics(topics), true);
            }
            TopicNames names = new TopicNames(PREFIX);
            try (EventSource source =
                    new EventSource(kafka, names.events(), topics.eventPartitions(), settings.tools())) {
                return measure(route, kafka, names, source);
            }
        }
    }

    private boolean measure(Map<String, String> route, KafkaConnection kafka, TopicNames names, EventSource source)
            throws InterruptedException {
        progress.printf(Locale.ROOT, "writing %,d events%n", settings.events());
        for (int written = 0; written < settings.events(); written += IN_A_RECORD) {
            source.write(IN_A_RECORD);
        }
        source.flush();
        long cpuNanos = ProcessFigures.ofThisProcess().effort().cpuNanos();
        long beganNanos = System.nanoTime();
        try (PlacedPart app = settings.place().start(route)) {
            double startSeconds = seconds(System.nanoTime() - beganNanos);
            long usedNanos = settings.place() == MetricsPlace.SHARED
                    ? cpuNanos
                    : app.figures().effort().cpuNanos();
            boolean isComplete = rate(app, kafka, names, startSeconds, usedNanos);
            return isComplete && age(kafka, names, source);
        }
    }

    private boolean rate(PlacedPart app, KafkaConnection kafka, TopicNames names, double startSeconds, long usedNanos)
            throws InterruptedException {
        long readyNanos = System.nanoTime();
        TotalWatch watch = new TotalWatch(settings.events(), before -> {});
        try (MetricsFollower follower = MetricsFollower.start(kafka, names, REACH, watch)) {
            boolean isComplete =
                    watch.await(PATIENCE_SECONDS) && !follower.terminated().isDone();
            double counting = seconds(System.nanoTime() - readyNanos);
            double cpu = seconds(app.figures().effort().cpuNanos() - usedNanos);
            out.printf(
                    Locale.ROOT,
                    "%,d events of %d tools in records of %d: all published %.1f s after the start, of which %.1f s until ready;"
                            + " %,.0f/s since then, %,.0f for each second of a processor (%s)%s%n",
                    settings.events(),
                    settings.tools(),
                    IN_A_RECORD,
                    startSeconds + counting,
                    startSeconds,
                    settings.events() / counting,
                    settings.events() / cpu,
                    settings.place(),
                    isComplete ? "" : "; not all of them: " + watch.sum());
            return isComplete;
        }
    }

    /** The age of what a reader knows: of the oldest event that the last record does not have, when the next one comes. */
    private boolean age(KafkaConnection kafka, TopicNames names, EventSource source) throws InterruptedException {
        int count = settings.perSecond() * settings.seconds();
        AtomicLongArray sentNanos = new AtomicLongArray(count + 1);
        AtomicLong oldestNanos = new AtomicLong();
        TotalWatch watch = new TotalWatch((long) settings.events() + count, known -> {
            int next = (int) (known - settings.events());
            long sent = next >= 0 && next < count ? sentNanos.get(next) : 0;
            if (sent != 0) {
                oldestNanos.accumulateAndGet(System.nanoTime() - sent, Math::max);
            }
        });
        try (MetricsFollower follower = MetricsFollower.start(kafka, names, REACH, watch)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3)); // until what was before is read
            long beganNanos = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long dueNanos = beganNanos + TimeUnit.SECONDS.toNanos(i) / settings.perSecond();
                LockSupport.parkNanos(dueNanos - System.nanoTime());
                sentNanos.set(i, System.nanoTime());
                source.write(1);
            }
            source.flush();
            boolean isComplete =
                    watch.await(PATIENCE_SECONDS) && !follower.terminated().isDone();
            out.printf(
                    Locale.ROOT,
                    "%,d events/s for %d s: what a reader knew was %.2f s old at most%n",
                    settings.perSecond(),
                    settings.seconds(),
                    seconds(oldestNanos.get()));
            return isComplete;
        }
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
