package io.toolstream.worker.reply;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of what is being tried again: at most one line in {@value #SECONDS_BETWEEN} s, however many calls meet the same
 * broken broker. Any thread.
 */
final class Complaints {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);
    private static final long SECONDS_BETWEEN = 5;

    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    void about(String what, Throwable failure) {
        long due = nextNanos.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextNanos.compareAndSet(due, now + TimeUnit.SECONDS.toNanos(SECONDS_BETWEEN))) {
            log.warn("cannot {} and perhaps more of the kind, trying again: {}", what, failure.getMessage());
        }
    }
}
