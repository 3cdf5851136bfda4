package io.toolstream.kafka;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much an engine has handed to its handler and not got back, by count and bytes, and how much it may.
 *
 * <p>Only the poll thread enters, after it has asked for room; any thread leaves. So between the question and the entry
 * the figures can only fall, and reading the two one after the other errs on the safe side.
 */
final class InFlight {
    private final int maxCount;
    private final long maxBytes;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    InFlight(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** A record larger than all that is allowed goes alone. */
    boolean hasRoomFor(int recordBytes) {
        int now = count.get();
        return now == 0 || (now < maxCount && bytes.get() + recordBytes <= maxBytes);
    }

    void enter(int recordBytes) {
        count.incrementAndGet();
        bytes.addAndGet(recordBytes);
    }

    void leave(int recordBytes) {
        bytes.addAndGet(-recordBytes);
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }

    long bytes() {
        return bytes.get();
    }
}
