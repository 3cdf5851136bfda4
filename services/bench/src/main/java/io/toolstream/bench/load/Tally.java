package io.toolstream.bench.load;

import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Latencies of right answers, and counts of the others. Any thread may add. */
final class Tally {
    private static final long HIGHEST_NANOS = 600_000_000_000L;

    private final Histogram nanos = new ConcurrentHistogram(HIGHEST_NANOS, 3);
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    void landed(long latencyNanos, @Nullable Throwable failure) {
        if (failure == null) {
            nanos.recordValue(Math.max(0, Math.min(latencyNanos, HIGHEST_NANOS)));
            return;
        }
        Throwable cause = unwrapped(failure);
        (cause instanceof WrongAnswerException ? wrong : failed).incrementAndGet();
        firstFailure.compareAndSet(null, cause.toString());
    }

    Measurement measurement(long elapsedNanos, long lost) {
        Failures failures = new Failures(wrong.get(), failed.get(), lost, firstFailure.get());
        return new Measurement(nanos.getTotalCount(), elapsedNanos, Latency.of(nanos), failures);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
