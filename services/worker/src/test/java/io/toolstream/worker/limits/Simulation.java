package io.toolstream.worker.limits;

import io.toolstream.worker.fixture.Records;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time that goes on from event to event, on one thread. Hours take a moment. */
final class Simulation implements InstantSource {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::order));
    private final ScheduledExecutorService timer = new Timer();
    private long nowNanos;
    private long order;

    private record Event(long atNanos, long order, Runnable task) {}

    Clockwork clockwork() {
        return new Clockwork(this, () -> nowNanos, timer, Runnable::run);
    }

    long nowNanos() {
        return nowNanos;
    }

    Duration now() {
        return Duration.ofNanos(nowNanos);
    }

    void in(Duration delay, Runnable task) {
        events.add(new Event(nowNanos + delay.toNanos(), order++, task));
    }

    /** Lets everything happen that is due by then. */
    void run(Duration time) {
        long endNanos = nowNanos + time.toNanos();
        while (!events.isEmpty() && events.element().atNanos() <= endNanos) {
            Event event = events.remove();
            nowNanos = event.atNanos();
            event.task().run();
        }
        nowNanos = endNanos;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(Records.SENT_MILLIS).plusNanos(nowNanos);
    }

    private final class Timer extends ScheduledThreadPoolExecutor {
        Timer() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            in(Duration.ofNanos(unit.toNanos(delay)), task);
            return DONE;
        }
    }

    private static final ScheduledFuture<?> DONE = done();

    private static ScheduledFuture<?> done() {
        ScheduledExecutorService once = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> handle = once.schedule(() -> {}, 0, TimeUnit.SECONDS);
        once.shutdown();
        return handle;
    }
}
