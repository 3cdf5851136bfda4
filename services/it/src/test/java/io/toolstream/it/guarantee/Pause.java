package io.toolstream.it.guarantee;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that has to pass for real: between faults, between calls. */
final class Pause {
    private Pause() {}

    static void of(Duration time) {
        long untilNanos = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
