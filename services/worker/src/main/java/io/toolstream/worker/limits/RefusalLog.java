package io.toolstream.worker.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that calls of a server are refused, at most every {@value #SECONDS_APART} seconds however many; passes all on. Any thread. */
public final class RefusalLog implements LimitObserver {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final int SECONDS_APART = 10;

    private final String server;
    private final LimitObserver next;
    private final LongSupplier nanos;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong spokeNanos;

    public RefusalLog(String server, LimitObserver next, LongSupplier nanos) {
        this.server = server;
        this.next = next;
        this.nanos = nanos;
        this.spokeNanos = new AtomicLong(nanos.getAsLong() - apartNanos());
    }

    @Override
    public void waited(Duration time) {
        next.waited(time);
    }

    @Override
    public void refused(Reason reason) {
        next.refused(reason);
        if (reason != Reason.CANCELLED) {
            refused.incrementAndGet();
            speak(reason);
        }
    }

    private void speak(Reason reason) {
        long now = nanos.getAsLong();
        long last = spokeNanos.get();
        if (now - last >= apartNanos() && spokeNanos.compareAndSet(last, now)) {
            log.warn(
                    "tool server {} is given more calls than it takes: {} refused since the last such line, the last one since {}",
                    server,
                    refused.getAndSet(0),
                    reason.words());
        }
    }

    private static long apartNanos() {
        return Duration.ofSeconds(SECONDS_APART).toNanos();
    }
}
