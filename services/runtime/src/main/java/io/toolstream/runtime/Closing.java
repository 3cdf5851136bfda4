package io.toolstream.runtime;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One way down through the parts, against the clock. Each part closes on a thread of its own, so that it can be left behind. */
final class Closing {
    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private final long deadlineNanos;

    Closing(Duration total) {
        this.deadlineNanos = System.nanoTime() + total.toNanos();
    }

    /** True if the part closed in time and without an exception. */
    boolean close(Lifecycle.Part part) {
        AtomicBoolean clean = new AtomicBoolean();
        Thread thread = new Thread(() -> clean.set(isClosed(part)), "close-" + part.name());
        thread.setDaemon(true);
        thread.start();
        long waitNanos = Math.min(part.limit().toNanos(), deadlineNanos - System.nanoTime());
        if (isEnded(thread, waitNanos)) {
            return clean.get();
        }
        log.warn("{} did not close in time and is left behind, at {}", part.name(), whereIs(thread));
        thread.interrupt();
        return false;
    }

    private static boolean isClosed(Lifecycle.Part part) {
        try {
            part.closeable().close();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            log.warn("{} did not close well", part.name(), e);
            return false;
        }
    }

    /** An interrupt means that whoever closes is in a hurry: it ends the waiting, not the closing. */
    private static boolean isEnded(Thread thread, long waitNanos) {
        try {
            // Zero would wait for ever.
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** The first line of ours or of a library: what it called in the JDK tells less. */
    private static String whereIs(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("a place unknown");
    }
}
