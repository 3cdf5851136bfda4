package io.toolstream.bench.report;

/**
 * A figure of the line over a figure of the others, taken within each round and summed up over the rounds.
 *
 * @param bound what it is meant to keep, or {@link Bound#NONE}
 */
record Ratio(String load, String name, Spread value, Bound bound) {

    /** What a ratio is meant to keep. */
    record Bound(Kind kind, double limit) {
        static final Bound NONE = new Bound(Kind.NONE, 0);

        static Bound atMost(double limit) {
            return new Bound(Kind.AT_MOST, limit);
        }

        static Bound atLeast(double limit) {
            return new Bound(Kind.AT_LEAST, limit);
        }
    }

    enum Kind {
        NONE,
        AT_MOST,
        AT_LEAST
    }

    /** In words, for the table. */
    String verdict() {
        return switch (bound.kind()) {
            case NONE -> "";
            case AT_MOST -> "at most " + bound.limit() + ": " + met(value.median() <= bound.limit());
            case AT_LEAST -> "at least " + bound.limit() + ": " + met(value.median() >= bound.limit());
        };
    }

    private static String met(boolean met) {
        return met ? "met" : "NOT MET";
    }
}
