package io.toolstream.settings;

import java.time.Duration;

/**
 * When an endpoint is left alone, and how it comes back.
 *
 * @param failures that open the breaker at once when they come within {@code window}
 * @param failureRate percent of the last {@code samples} calls that opens it; 100 and fewer failures than samples: never
 * @param slowRate percent of the last {@code samples} calls longer than {@code slow} that opens it
 * @param slow a call that takes longer is slow
 * @param samples calls that the two rates are taken over
 * @param openFor how long nothing but probes is let through
 * @param probes calls let through at the same time while half open
 * @param successes of such calls, or of health probes, that close it
 */
public record BreakerSettings(
        int failures,
        Duration window,
        int failureRate,
        int slowRate,
        Duration slow,
        int samples,
        Duration openFor,
        int probes,
        int successes) {
    static final BreakerSettings LOCAL = new BreakerSettings(
            3, Duration.ofSeconds(30), 50, 80, Duration.ofSeconds(20), 100, Duration.ofSeconds(5), 1, 1);
    static final BreakerSettings CLOUD = new BreakerSettings(
            5, Duration.ofSeconds(60), 50, 80, Duration.ofSeconds(40), 100, Duration.ofSeconds(30), 3, 3);

    public static final BreakerSettings DEFAULT = LOCAL;

    public BreakerSettings {
        new Rules()
                .between("failures", failures, 1, 1_000)
                .atLeast("window", window, Duration.ofMillis(10))
                .between("failureRate", failureRate, 1, 100)
                .between("slowRate", slowRate, 1, 100)
                .atLeast("slow", slow, Duration.ofMillis(1))
                .between("samples", samples, 1, 10_000)
                .atLeast("openFor", openFor, Duration.ofMillis(10))
                .between("probes", probes, 1, 100)
                .between("successes", successes, 1, 100)
                .enforce();
    }
}
