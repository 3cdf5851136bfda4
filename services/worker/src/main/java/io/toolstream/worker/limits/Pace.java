package io.toolstream.worker.limits;

/**
 * How long one tool takes at the moment, beside how long it takes when its server has little to do. Guarded by its owner.
 *
 * <p>Both are kept as logarithms, so that one call of a minute among many of a millisecond does not count as sixty
 * thousand. The floor follows the present downwards within some hundred calls, and upwards by half of the way in ten minutes: a
 * tool that has become slower for good is believed in the end, a queue that stands for a minute is not.
 */
final class Pace {
    private static final double WEIGHT = 0.02;

    /** A run of short calls is not how fast the tool is. */
    private static final double WEIGHT_OF_FLOOR = 0.005;

    private static final int FIRST_FEW = 50;
    private static final double HALF_LIFE_NANOS = 600e9;

    /** What is answered faster is not told apart: below it, it is our own machine that is measured. */
    private static final double LEAST_NANOS = 10e6;

    private double present;
    private double floor;
    private int samples;
    private long lastNanos;

    void took(long durationNanos, long nowNanos) {
        double sample = Math.log(Math.max((double) durationNanos, LEAST_NANOS));
        samples = Math.min(samples + 1, FIRST_FEW);
        // As many samples as there are, until there are enough of them: the first does not count for more than the
        // second.
        present += (sample - present) * Math.max(WEIGHT, 1.0 / samples);
        if (samples < FIRST_FEW) {
            floor = present;
        } else if (present < floor) {
            floor += (present - floor) * WEIGHT_OF_FLOOR;
        } else {
            floor += (present - floor) * (1 - Math.pow(0.5, (nowNanos - lastNanos) / HALF_LIFE_NANOS));
        }
        lastNanos = nowNanos;
    }

    /** How many times as long as with little to do; 1 as long as too little is known. */
    double slowdown() {
        return Math.exp(present - floor);
    }

    /** What it takes at its best; 0 as long as too little is known, or if that is too little to tell. */
    long leastNanos() {
        double least = Math.exp(floor);
        return samples < FIRST_FEW || least <= LEAST_NANOS ? 0 : (long) least;
    }
}
