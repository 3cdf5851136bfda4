package io.toolstream.testkit;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Whether the client at the other end of a connection is still there. One thread reads what it sends, another serves it. */
final class Presence {
    private final CountDownLatch left = new CountDownLatch(1);
    private @Nullable Runnable onLeaving; // guarded by this

    /** From now on until {@link #ends()} its leaving matters: what is done about it, on the thread that sees it. */
    void begins(Runnable leaving) {
        synchronized (this) {
            if (left.getCount() > 0) {
                onLeaving = leaving;
                return;
            }
        }
        leaving.run();
    }

    synchronized void ends() {
        onLeaving = null;
    }

    void leaves() {
        Runnable leaving;
        synchronized (this) {
            left.countDown();
            leaving = onLeaving;
            onLeaving = null;
        }
        if (leaving != null) {
            leaving.run();
        }
    }

    /** Waits until it has left. */
    void awaitLeft() {
        try {
            left.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
