package io.toolstream.bench.load;

import java.util.concurrent.locks.LockSupport;

/** The time a driver lives by. */
public interface Clock {
    /** Monotonic, as {@link System#nanoTime()}. */
    long nanoTime();

    /** Blocks until this time has come, or the thread is interrupted. Returns at once if it is past. */
    void awaitNanos(long timeNanos);

    /** The clock of the machine. Waits by parking, which wakes some 50 µs late: spinning would take a core from the measured. */
    Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void awaitNanos(long timeNanos) {
            long left = timeNanos - System.nanoTime();
            while (left > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, left);
                left = timeNanos - System.nanoTime();
            }
        }
    };
}
