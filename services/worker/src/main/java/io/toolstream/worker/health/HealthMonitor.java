package io.toolstream.worker.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clockwork of all endpoint monitors: makes each look around, many times a second, on {@code call-n}. A look costs a few
 * reads where nothing is due. Any thread; closing stops it and waits for nothing.
 */
public final class HealthMonitor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);
    static final Duration TICK = Duration.ofMillis(100);

    private final List<EndpointMonitor> monitors = new CopyOnWriteArrayList<>();
    private final Executor callThreads;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private final Future<?> ticking;

    private HealthMonitor(ScheduledExecutorService timer, Executor callThreads) {
        this.callThreads = callThreads;
        this.ticking =
                timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    public static HealthMonitor start(ScheduledExecutorService timer, Executor callThreads) {
        return new HealthMonitor(timer, callThreads);
    }

    public void add(EndpointMonitor monitor) {
        monitors.add(monitor);
    }

    /** It is not probed any more. */
    public void remove(EndpointMonitor monitor) {
        monitors.remove(monitor);
    }

    /** One round at a time: where the threads are late, rounds are left out. */
    private void tick() {
        if (isLooking.compareAndSet(false, true)) {
            try {
                callThreads.execute(this::look);
            } catch (RejectedExecutionException closing) {
                isLooking.set(false);
            }
        }
    }

    private void look() {
        try {
            monitors.forEach(EndpointMonitor::look);
        } catch (RuntimeException bug) {
            log.error("the health monitor met a bug", bug);
        } finally {
            isLooking.set(false);
        }
    }

    @Override
    public void close() {
        ticking.cancel(false);
    }
}
