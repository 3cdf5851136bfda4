package io.toolstream.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * The parts of a process in the order of their start; closes them in reverse, each within a time of its own and all within
 * one. What does not close is named in the log and left behind. Any thread may call. Closing happens once: whoever comes
 * later waits for it.
 */
public final class Lifecycle implements AutoCloseable {
    private final Duration total;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private boolean isClosing;

    /** @param total for closing all parts */
    public Lifecycle(Duration total) {
        this.total = total;
    }

    /**
     * Takes over a part that has been started; it is closed with the rest, within the given time. If the rest is closing
     * already, so is this part at once: a signal may come in the middle of a start.
     */
    public <T extends AutoCloseable> T add(String name, T closeable, Duration limit) {
        Part part = new Part(name, closeable, limit);
        if (!keep(part)) {
            new Closing(limit).close(part);
        }
        return closeable;
    }

    /** Closes everything; returns when done, or when the time is up. */
    @Override
    public void close() {
        tryClose();
    }

    /** Like {@link #close()}; true if every part closed in its time and without an exception. */
    public boolean tryClose() {
        if (begin()) {
            Closing closing = new Closing(total);
            boolean clean = true;
            for (Part part : parts) {
                clean &= closing.close(part);
            }
            closed.complete(clean);
        }
        return closed.join();
    }

    private synchronized boolean keep(Part part) {
        if (!isClosing) {
            parts.push(part);
        }
        return !isClosing;
    }

    /** True for the first caller, to whom the parts belong from then on. */
    private synchronized boolean begin() {
        boolean first = !isClosing;
        isClosing = true;
        return first;
    }

    /** Something started, and how long it may take to close. */
    record Part(String name, AutoCloseable closeable, Duration limit) {}
}
