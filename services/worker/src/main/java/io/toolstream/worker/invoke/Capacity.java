package io.toolstream.worker.invoke;

import java.util.function.IntSupplier;

/**
 * How many attempts the connections of one endpoint carry: read anew each time, since what a server speaks shows only once it
 * is connected, and another one may be behind the next connection. Any thread; nothing blocks. Nobody is told of a change:
 * who asks next sees it.
 *
 * @param requests at the same time, none of them waiting for a connection
 * @param turns how many times as many make sense at the same time
 */
public record Capacity(IntSupplier requests, int turns) {
    /** As many as one likes. */
    public static final Capacity SHARED = ofMessages(() -> Integer.MAX_VALUE);

    /**
     * One too many waits for a connection, and as many again stand ready for when one comes free: where calls are short, the way
     * through our own threads would be longer than they are.
     */
    public static Capacity ofConnections(IntSupplier requests) {
        return new Capacity(requests, 2);
    }

    /** One too many is refused. */
    public static Capacity ofMessages(IntSupplier requests) {
        return new Capacity(requests, 1);
    }

    /** None of them waits for a connection. */
    public int atOnce() {
        return requests.getAsInt();
    }

    /** Those that wait for a connection then have one as soon as it comes free. */
    public int most() {
        return (int) Math.min(Integer.MAX_VALUE, (long) turns * atOnce());
    }
}
