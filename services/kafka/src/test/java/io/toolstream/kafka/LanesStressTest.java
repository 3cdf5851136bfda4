package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.InboundRecord;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One poll thread, which sleeps until it is woken, and many that complete: no record of a lane is begun before the one
 * before it is over, none is forgotten, and no wake-up is missed (a missed one costs the test its time).
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LanesStressTest implements RecordHandler {
    private static final int RECORDS = 200_000;
    private static final int KEYS = 50;
    private static final int THREADS = 4;

    /** So long that the test's time is over when wake-ups are missed. */
    private static final long NAP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final PollSignal bell = new PollSignal();
    private final AtomicLong wakeUps = new AtomicLong();
    private final StopSwitch stop = new StopSwitch(new PollSignal(), this::wake, System::nanoTime);
    private final InFlight inFlight = new InFlight(500, Long.MAX_VALUE);
    private final Completions completions = new Completions(inFlight, stop);
    private final Dispatcher dispatcher = new Dispatcher(this, completions, stop);
    private final ExecutorService completing = Executors.newFixedThreadPool(THREADS);
    private final Map<String, AtomicInteger> active = new ConcurrentHashMap<>();
    private final Map<String, Long> lastOf = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private final LongAdder over = new LongAdder();

    @Test
    void lanes_underContention_keepTheirOrder() {
        Assignment assignment = Records.taken(completions);
        SplittableRandom random = new SplittableRandom(7);
        long next = 0;
        while (over.sum() < RECORDS) {
            dispatcher.release();
            dispatcher.handOver();
            assignment.advance(Records.NO_LIMITS);
            boolean isRead = next < RECORDS && assignment.lanes().waiting() < 1_000 && !dispatcher.isHolding();
            for (int i = isRead ? random.nextInt(200) : 0; i > 0 && next < RECORDS; i--) {
                dispatcher.add(assignment.read(Records.at(next++), 0));
            }
            if (!isRead) { // as in a poll: only a wake-up ends it, or room
                long seen = wakeUps.get();
                dispatcher.release();
                dispatcher.handOver();
                bell.await(() -> wakeUps.get() != seen || over.sum() == RECORDS || dispatcher.isHolding(), NAP_NANOS);
            }
        }
        completing.shutdownNow();
        System.out.println("wake-ups " + wakeUps);
        assertThat(broken).isEmpty();
        assertThat(over.sum()).isEqualTo(RECORDS);
        assertThat(assignment.lanes().waiting()).isZero();
    }

    @Override
    public CompletionStage<?> handle(InboundRecord record, Lease lease) {
        long offset = record.position().offset();
        String key = key(offset);
        if (active.computeIfAbsent(key, any -> new AtomicInteger()).incrementAndGet() > 1) {
            broken.add("two of " + key + " at " + offset);
        }
        Long last = lastOf.put(key, offset);
        if (last != null && last > offset) {
            broken.add(key + " goes back to " + offset);
        }
        CompletableFuture<Void> stage = new CompletableFuture<>();
        completing.execute(() -> {
            java.util.Objects.requireNonNull(active.get(key)).decrementAndGet();
            over.increment();
            stage.complete(null);
            if (over.sum() == RECORDS) {
                bell.ring();
            }
        });
        return stage;
    }

    @Override
    public Set<String> laneKeys(InboundRecord record) {
        return Set.of(key(record.position().offset()));
    }

    private static String key(long offset) {
        return "key" + Long.hashCode((offset * 0x9E3779B97F4A7C15L) >>> 17) % KEYS;
    }

    private void wake() {
        wakeUps.incrementAndGet();
        bell.ring();
    }
}
