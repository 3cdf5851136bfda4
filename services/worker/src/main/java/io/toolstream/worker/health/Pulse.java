package io.toolstream.worker.health;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The signs of life that the traffic of one endpoint gives. It is silent while attempts are under way and nothing comes back
 * from any of them: a server that is slow at one tool and answers others is not.
 *
 * <p>Some servers do one thing at a time and answer no probe meanwhile. Such a one gives itself away by answering, later on,
 * an attempt that was under way while a probe was not answered; from then on its silence counts from twice the longest time
 * that it took of late. A probe answered in the middle of silence takes that back.
 *
 * <p>Any thread. The fields are written by whoever comes, without a lock: each is an estimate by itself, and a lost update
 * costs a probe more or less.
 */
final class Pulse {
    static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final LongSupplier nanoTime;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long lastSignNanos;
    private volatile long lastLifeNanos;

    /** The longest time of late: forgotten by a 64th with each answer. */
    private volatile long usualNanos;

    private volatile boolean doesOneThingAtATime;
    private volatile boolean wasProbeUnanswered;
    private volatile long unansweredSinceNanos;

    Pulse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastSignNanos = nanoTime.getAsLong();
        this.lastLifeNanos = lastSignNanos;
    }

    /** An attempt begins; returns when, to be given back at its end. */
    long began() {
        long now = nanoTime.getAsLong();
        if (underWay.get() == 0) {
            lastSignNanos = now;
        }
        underWay.incrementAndGet();
        return now;
    }

    /** An attempt has ended, with or without a sign of life; returns whether that refutes an unanswered probe. */
    boolean ended(long beganNanos, boolean isAlive) {
        underWay.decrementAndGet();
        if (!isAlive) {
            return false;
        }
        long now = nanoTime.getAsLong();
        lastSignNanos = now;
        lastLifeNanos = now;
        long usual = usualNanos;
        usualNanos = Math.max(now - beganNanos, usual - usual / 64);
        boolean doesRefute = wasProbeUnanswered && beganNanos - unansweredSinceNanos < 0;
        if (doesRefute) {
            doesOneThingAtATime = true;
            wasProbeUnanswered = false;
        }
        return doesRefute;
    }

    /** Whether it has been silent for longer than it should. */
    boolean isSilent() {
        long limit = doesOneThingAtATime ? Math.max(SILENCE_NANOS, 2 * usualNanos) : SILENCE_NANOS;
        return underWay.get() > 0 && nanoTime.getAsLong() - lastSignNanos > limit;
    }

    /** Whether an attempt was answered after that time. */
    boolean showedLifeSince(long nanos) {
        return lastLifeNanos - nanos > 0;
    }

    /** A probe sent into the silence was answered. */
    void answered() {
        doesOneThingAtATime = false;
        wasProbeUnanswered = false;
        lastSignNanos = nanoTime.getAsLong();
    }

    /** A probe sent into the silence at that time was not. */
    void unanswered(long sentNanos) {
        unansweredSinceNanos = sentNanos;
        wasProbeUnanswered = true;
        lastSignNanos = nanoTime.getAsLong(); // time for the next one, not before
    }
}
