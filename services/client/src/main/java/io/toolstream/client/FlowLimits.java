package io.toolstream.client;

/**
 * How much a client takes on: the back-pressure its callers feel.
 *
 * @param inFlight calls sent and not answered, at most
 * @param waiting calls that wait for a place among those, at most; 0: a call without a place fails at once
 */
public record FlowLimits(int inFlight, int waiting) {
    private static final int MOST = 1_000_000;

    /** 1,000 in flight, and nobody waits. */
    public static final FlowLimits DEFAULT = new FlowLimits(1_000, 0);

    public FlowLimits {
        if (inFlight < 1 || inFlight > MOST) {
            throw new IllegalArgumentException("inFlight " + inFlight + ": 1 to " + MOST + " expected");
        }
        if (waiting < 0 || waiting > MOST) {
            throw new IllegalArgumentException("waiting " + waiting + ": 0 to " + MOST + " expected");
        }
    }
}
