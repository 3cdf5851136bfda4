package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import java.time.Duration;

/**
 * What an overload is: one tool server whose capacity is set by permits, and several times that on offer.
 *
 * @param permits attempts at the same time, neither more nor fewer
 * @param toolTime of each; with the permits it makes the capacity
 * @param percent of the capacity that is offered
 * @param length of the overload
 * @param aftermath watched afterwards, under half of the capacity
 */
public record OverloadSettings(
        int permits,
        Duration toolTime,
        int percent,
        Duration length,
        Duration aftermath,
        Placement placement,
        KafkaLayout kafka,
        Format format) {
    public static final OverloadSettings DEFAULT = new OverloadSettings(
            10,
            Duration.ofMillis(50),
            300,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            new Placement(false, 1, Placement.DEFAULT.workerHeapMiB()),
            KafkaLayout.DEFAULT,
            Format.TABLE);

    public OverloadSettings {
        Require.that(permits > 0, "permits: " + permits + ", must be positive");
        Require.that(percent > 100, "offered: " + percent + " percent, must be over 100");
        Require.that(length.toSeconds() >= 5, "length: " + length.toSeconds() + " s, at least 5");
        Require.that(!placement.inProcess(), "the worker must have a process of its own");
    }

    /** Calls per second at best. */
    int capacity() {
        return (int) (permits * 1_000L / Math.max(1, toolTime.toMillis()));
    }
}
