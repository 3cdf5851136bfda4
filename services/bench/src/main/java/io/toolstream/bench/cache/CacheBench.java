package io.toolstream.bench.cache;

import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.ClosedLoop;
import io.toolstream.bench.load.Extent;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Numbers;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Puts a workload on a pipeline, once with this worker's memory alone and once with Redis behind it. */
public final class CacheBench {
    private static final int KEPT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CacheBenchSettings settings;
    private final PrintStream out;
    private final PrintStream progress;
    private long failures;

    private CacheBench(CacheBenchSettings settings, PrintStream out, PrintStream progress) {
        this.settings = settings;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Measures and prints. Blocks until the run is over.
     *
     * @return the exit code: 0, or 1 where a call was lost, failed or answered wrongly
     */
    public static int run(CacheBenchSettings settings, PrintStream out, PrintStream progress)
            throws InterruptedException, IOException {
        CacheBench bench = new CacheBench(settings, out, progress);
        bench.head();
        bench.measure("memory alone", false);
        bench.measure("memory and Redis", true);
        return bench.failures == 0 ? 0 : 1;
    }

    private void head() {
        out.printf(
                Locale.ROOT,
                "Java %s, %d processors; %d calls, %d in flight, Zipf(1) over %d keys, %d bytes, seed %d; %d answers in memory:"
                        + " %.1f %% at best%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                settings.calls(),
                settings.inFlight(),
                settings.keys(),
                settings.payloadBytes(),
                settings.seed(),
                KEPT,
                100 * new Zipf(settings.keys(), settings.seed()).shareOf(KEPT));
    }

    private void measure(String title, boolean hasRedis) throws InterruptedException, IOException {
        progress.println("starting: " + title);
        try (CacheSite site = CacheSite.open(hasRedis)) {
            if (hasRedis) {
                awaitRedis(site);
            }
            drive(site, "warm-up", settings.calls() / 10);
            StageTimes before = site.stageTimes();
            long executedBefore = site.executed();
            CacheTarget target = drive(site, "measured", settings.calls());
            print(title, target, site.stageTimes().since(before), site.executed() - executedBefore);
        }
    }

    private static void awaitRedis(CacheSite site) throws IOException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!site.usesRedis()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException("the worker does not use its Redis: there is none for this machine");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private CacheTarget drive(CacheSite site, String name, int calls) throws InterruptedException {
        CacheTarget target = new CacheTarget(
                site.client(), new Zipf(settings.keys(), settings.seed()), name, settings.payloadBytes());
        Measurement measurement = new ClosedLoop(settings.inFlight(), Clock.SYSTEM)
                .drive(target, new Numbers(0), new Extent(calls, Duration.ZERO));
        failures += measurement.failures().total();
        progress.printf(Locale.ROOT, "%-9s %8.0f calls/s%n", name, measurement.callsPerSecond());
        if (measurement.failures().total() > 0) {
            progress.println("failed: " + measurement.failures());
        }
        return target;
    }

    private void print(String title, CacheTarget target, StageTimes stage, long executed) {
        long all = target.nanosByTier().values().stream()
                .mapToLong(Histogram::getTotalCount)
                .sum();
        out.printf("%n%-18s %9s %9s %12s %12s %14s%n", title, "calls", "part", "p50 ms", "p99 ms", "in stage: p99");
        for (Map.Entry<String, Histogram> tier : target.nanosByTier().entrySet()) {
            Histogram nanos = tier.getValue();
            out.printf(
                    Locale.ROOT,
                    "  %-16s %9d %8.1f%% %12.2f %12.2f %11s ms%n",
                    tier.getKey(),
                    nanos.getTotalCount(),
                    100.0 * nanos.getTotalCount() / Math.max(1, all),
                    nanos.getValueAtPercentile(50) / 1e6,
                    nanos.getValueAtPercentile(99) / 1e6,
                    bound(stage.quantile(tier.getKey().equals("none") ? "miss" : tier.getKey(), 0.99)));
        }
        out.printf(Locale.ROOT, "  executed by the tool server: %d of %d%n", executed, all);
    }

    private static String bound(double seconds) {
        return Double.isNaN(seconds) ? "–" : String.format(Locale.ROOT, "≤ %.1f", seconds * 1_000);
    }
}
