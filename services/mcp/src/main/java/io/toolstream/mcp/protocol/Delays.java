package io.toolstream.mcp.protocol;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for later that are not lost: what is left at the end is run at once, so that nobody waits for it in vain. Any
 * thread; tasks run on the timer's and must not block.
 */
final class Delays {
    private final ScheduledExecutorService timer;
    private final Set<Delay> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    Delays(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    Delay after(long nanos, Runnable task) {
        Delay delay = new Delay(task);
        pending.add(delay);
        try {
            delay.scheduled = timer.schedule(delay, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            delay.run();
        }
        if (isClosed) {
            delay.run();
        }
        return delay;
    }

    void close() {
        isClosed = true;
        List.copyOf(pending).forEach(Delay::run);
    }

    /** One task; runs at most once. */
    final class Delay implements Runnable {
        private final Runnable task;
        private volatile @Nullable Future<?> scheduled;

        private Delay(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (pending.remove(this)) {
                task.run();
            }
        }

        void cancel() {
            Future<?> later = scheduled;
            if (pending.remove(this) && later != null) {
                later.cancel(false);
            }
        }
    }
}
