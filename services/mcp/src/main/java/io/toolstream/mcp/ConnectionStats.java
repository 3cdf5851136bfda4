package io.toolstream.mcp;

/**
 * Connections of one tool server since its start, and now. For stdio a connection is a child process.
 *
 * @param opened connections established
 * @param reused requests that went over a connection used before
 * @param inUse connections with a request under way
 * @param waiting requests that wait for a connection
 * @param establish how long it took to establish them
 * @param borrow how long requests waited for a connection, establishing included
 * @param residentBytes memory of the children and what they started; 0 where there are none or it is not known
 */
public record ConnectionStats(
        long opened,
        long reused,
        int inUse,
        int idle,
        int waiting,
        Latencies establish,
        Latencies borrow,
        long residentBytes) {
    public static final ConnectionStats NONE = new ConnectionStats(0, 0, 0, 0, 0, Latencies.NONE, Latencies.NONE, 0);

    /** Without times. */
    public ConnectionStats(long opened, long reused, int inUse, int idle, int waiting, long establishNanos) {
        this(
                opened,
                reused,
                inUse,
                idle,
                waiting,
                new Latencies(opened, establishNanos, establishNanos, Latencies.NONE.buckets()),
                Latencies.NONE,
                0);
    }

    /** Total time spent in establishing. */
    public long establishNanos() {
        return establish.totalNanos();
    }

    public ConnectionStats withResidentBytes(long bytes) {
        return new ConnectionStats(opened, reused, inUse, idle, waiting, establish, borrow, bytes);
    }

    /** Of both together. */
    public ConnectionStats plus(ConnectionStats other) {
        return new ConnectionStats(
                opened + other.opened,
                reused + other.reused,
                inUse + other.inUse,
                idle + other.idle,
                waiting + other.waiting,
                establish.plus(other.establish),
                borrow.plus(other.borrow),
                residentBytes + other.residentBytes);
    }
}
