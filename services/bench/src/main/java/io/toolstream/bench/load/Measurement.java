package io.toolstream.bench.load;

/**
 * What one drive found.
 *
 * @param answered calls answered rightly
 * @param elapsedNanos from the first call's start to the last call's end
 */
public record Measurement(long answered, long elapsedNanos, Latency latency, Failures failures) {
    private static final double NANOS_PER_SECOND = 1e9;

    public double callsPerSecond() {
        return elapsedNanos == 0 ? 0 : answered * NANOS_PER_SECOND / elapsedNanos;
    }
}
