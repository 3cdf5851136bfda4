package io.toolstream.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A target that tells what became of its calls second by second, counted by when they ended. Any thread may end calls;
 * what comes after the last second goes into it.
 */
public final class Timeline implements Target {
    private static final long HIGHEST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Target target;
    private final long startNanos = System.nanoTime();
    private final AtomicReferenceArray<@Nullable Second> seconds;

    public Timeline(Target target, Duration length) {
        this.target = target;
        this.seconds = new AtomicReferenceArray<>((int) length.toSeconds() + 1);
    }

    /**
     * @param answered rightly
     * @param failed with whatever else
     */
    public record Slice(long answered, long failed, Latency latency) {}

    private static final class Second {
        private final Histogram nanos = new ConcurrentHistogram(HIGHEST_NANOS, 2);
        private final AtomicLong failed = new AtomicLong();

        Slice slice() {
            return new Slice(nanos.getTotalCount(), failed.get(), Latency.of(nanos));
        }
    }

    @Override
    public CompletionStage<?> call(long number) {
        long beganNanos = System.nanoTime();
        return target.call(number).whenComplete((answer, thrown) -> {
            long now = System.nanoTime();
            Second second = second((int) ((now - startNanos) / SECOND));
            if (thrown == null) {
                second.nanos.recordValue(Math.min(now - beganNanos, HIGHEST_NANOS));
            } else {
                second.failed.incrementAndGet();
            }
        });
    }

    private Second second(int index) {
        int at = Math.min(index, seconds.length() - 1);
        Second known = seconds.get(at);
        if (known != null) {
            return known;
        }
        Second fresh = new Second();
        Second other = seconds.compareAndExchange(at, null, fresh);
        return other == null ? fresh : other;
    }

    /** From the start; seconds without any ending are empty. */
    public List<Slice> slices() {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < seconds.length(); i++) {
            Second second = seconds.get(i);
            slices.add(second == null ? new Slice(0, 0, new Latency(0, 0, 0, 0, 0)) : second.slice());
        }
        return slices;
    }

    /** Leaves the target open: it is another's. */
    @Override
    public void close() {}
}
