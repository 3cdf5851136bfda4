package io.toolstream.bench.load;

/** A clock that moves when it is told to, or when somebody waits for it. */
final class ManualClock implements Clock {
    private long nowNanos = 1_000_000_000_000L;

    @Override
    public synchronized long nanoTime() {
        return nowNanos;
    }

    @Override
    public synchronized void awaitNanos(long timeNanos) {
        nowNanos = Math.max(nowNanos, timeNanos);
    }

    synchronized void advance(long nanos) {
        nowNanos += nanos;
    }
}
