package io.toolstream.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs an action when each of its parts has been run, however often. Any thread. */
final class Countdown {
    private final AtomicInteger left;
    private final Runnable action;

    Countdown(int parts, Runnable action) {
        this.left = new AtomicInteger(parts);
        this.action = action;
    }

    /** One of the parts; to be asked for as often as there are. */
    Runnable part() {
        AtomicBoolean isRun = new AtomicBoolean();
        return () -> {
            if (isRun.compareAndSet(false, true) && left.decrementAndGet() == 0) {
                action.run();
            }
        };
    }
}
