package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.settings.ConcurrencySettings;
import java.time.Duration;

/**
 * What is measured of a replay's harm to live calls.
 *
 * @param letters dead letters that are replayed
 * @param replaysPerSecond the replay's rate
 * @param rounds pairs of measurements, after one that does not count; the replay is interrupted after each, and gone on with in
 *     the next
 * @param warmUp of live calls alone, at a higher rate; too short a one measures the compilers of the worker's JVM, which
 *     share the cores with it
 * @param measure length of each measurement
 * @param callsPerSecond live ones
 * @param toolTime of every call, live or not
 * @param background the worker's {@code mcp.concurrency.background}: 100 shows what it is like where nothing is kept free
 */
public record ReplaySettings(
        int letters,
        int replaysPerSecond,
        int rounds,
        Duration warmUp,
        Duration measure,
        int callsPerSecond,
        Duration toolTime,
        int background,
        Placement placement,
        KafkaLayout kafka,
        Format format) {
    public static final ReplaySettings DEFAULT = new ReplaySettings(
            100_000,
            500,
            8,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            200,
            Duration.ofMillis(20),
            ConcurrencySettings.DEFAULT.background(),
            new Placement(false, 2, Placement.DEFAULT.workerHeapMiB()),
            KafkaLayout.DEFAULT,
            Format.TABLE);

    public ReplaySettings {
        Require.that(letters > 0, "letters: " + letters + ", must be positive");
        Require.that(replaysPerSecond > 0, "replay rate: " + replaysPerSecond + " per second, must be positive");
        Require.that(rounds > 0, "rounds: " + rounds + ", must be positive");
        Require.that(callsPerSecond > 0, "rate: " + callsPerSecond + " per second, must be positive");
        Require.that(!placement.inProcess(), "the worker must have a process of its own");
    }
}
