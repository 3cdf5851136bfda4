package io.toolstream.worker.invoke;

/**
 * How many attempts the connections of one endpoint carry.
 *
 * @param atOnce at the same time, none of them waiting for a connection
 * @param most that make sense at the same time: those that wait then have one as soon as it comes free
 */
public record Capacity(int atOnce, int most) {
    /** Each connection carries many. */
    public static final Capacity SHARED = new Capacity(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /**
     * Each connection carries one, and as many again stand ready for when it comes free: where calls are short, the way
     * through our own threads would be longer than they are.
     */
    public static Capacity ofConnections(int connections) {
        return new Capacity(connections, 2 * connections);
    }
}
