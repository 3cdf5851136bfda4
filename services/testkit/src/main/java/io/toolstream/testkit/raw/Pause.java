package io.toolstream.testkit.raw;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The slowness of a server. */
public final class Pause {
    private Pause() {}

    public static void millis(long millis) {
        micros(millis * 1000);
    }

    public static void micros(long micros) {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
