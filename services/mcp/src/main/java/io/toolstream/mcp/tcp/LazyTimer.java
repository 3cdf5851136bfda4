package io.toolstream.mcp.tcp;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deadline that moves often and passes seldom. Moving it later, or away, costs a field; the task in the loop looks
 * when it runs whether its time has really come. Event loop only.
 */
public final class LazyTimer implements Runnable {
    private final EventLoop loop;
    private final Runnable onDeadline;
    private boolean isArmed;
    private long deadlineNanos;
    private @Nullable Future<?> task;
    private long taskNanos;

    public LazyTimer(EventLoop loop, Runnable onDeadline) {
        this.loop = loop;
        this.onDeadline = onDeadline;
    }

    public void arm(long atNanos) {
        assert loop.inEventLoop();
        isArmed = true;
        deadlineNanos = atNanos;
        if (task == null) {
            schedule();
        } else if (atNanos - taskNanos < 0) {
            task.cancel(false);
            schedule();
        }
    }

    /** Where several things wait for one timer: an earlier deadline stays. */
    public void armBy(long atNanos) {
        if (!isArmed || atNanos - deadlineNanos < 0) {
            arm(atNanos);
        }
    }

    public void disarm() {
        isArmed = false;
    }

    /** Leaves nothing behind in the loop. */
    public void close() {
        isArmed = false;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    @Override
    public void run() {
        task = null;
        if (!isArmed) {
            return;
        }
        if (System.nanoTime() - deadlineNanos < 0) {
            schedule();
            return;
        }
        isArmed = false;
        onDeadline.run();
    }

    private void schedule() {
        taskNanos = deadlineNanos;
        task = loop.schedule(this, deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
