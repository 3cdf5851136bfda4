package io.toolstream.worker.resilience;

import io.toolstream.settings.RetrySettings;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many attempts beyond the first a server is asked to bear: a share of the first ones over the last ten seconds, or a few
 * each second where there is little traffic. Without it, retries multiply the load of a server at the very moment it cannot
 * bear any (Google SRE book, chapter 22). Any thread; guarded by its own lock.
 */
public final class RetryBudget {
    private static final int SECONDS = 10;

    private final int percent;
    private final int minimum;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final long[] firsts = new long[SECONDS];
    private final long[] retries = new long[SECONDS];
    private long second;

    public RetryBudget(RetrySettings settings, LongSupplier nanoTime) {
        this.percent = settings.budget();
        this.minimum = settings.budgetMinimum();
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** A call makes its first attempt. */
    synchronized void first() {
        firsts[slot()]++;
    }

    /** Takes one more attempt out of the budget, if there is one left. */
    synchronized boolean tryTake() {
        int slot = slot();
        boolean isAllowed = retries[slot] < minimum || (sum(retries) + 1) * 100 <= percent * sum(firsts);
        if (isAllowed) {
            retries[slot]++;
        }
        return isAllowed;
    }

    /** That of the second it is; those passed since the last look are empty. */
    private int slot() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - startNanos);
        for (long passed = Math.max(second + 1, now - SECONDS + 1); passed <= now; passed++) {
            firsts[(int) (passed % SECONDS)] = 0;
            retries[(int) (passed % SECONDS)] = 0;
        }
        second = Math.max(second, now);
        return (int) (second % SECONDS);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
