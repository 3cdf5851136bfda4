package io.toolstream.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads with names; an exception that nobody caught is logged, never lost. */
public final class Threads {
    private Threads() {}

    /** Daemon threads {@code name-0}, {@code name-1}, …: the process may end while they run. */
    public static ThreadFactory daemons(String name) {
        return numbered(name, true);
    }

    /** User threads {@code name-0}, {@code name-1}, …: they keep the process alive. */
    public static ThreadFactory users(String name) {
        return numbered(name, false);
    }

    /**
     * As many {@code call-n} threads as there are cores. They compute and never block. The queue has no bound of its own:
     * what waits in it belongs to calls in flight, which are bounded.
     */
    public static ExecutorService callPool(int cores) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(cores, cores, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("call"));
        pool.prestartAllCoreThreads();
        return pool;
    }

    /** One thread {@code timer}, which only completes futures; what is cancelled leaves its queue at once. */
    public static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> thread(task, "timer", true));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    private static ThreadFactory numbered(String name, boolean daemon) {
        AtomicInteger next = new AtomicInteger();
        return task -> thread(task, name + "-" + next.getAndIncrement(), daemon);
    }

    private static Thread thread(Runnable task, String name, boolean daemon) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(daemon);
        thread.setUncaughtExceptionHandler(Uncaught.LOGGED);
        return thread;
    }

    /** Apart, so that a process that starts threads loads the logging only when something goes wrong. */
    private static final class Uncaught implements Thread.UncaughtExceptionHandler {
        static final Uncaught LOGGED = new Uncaught();

        @Override
        public void uncaughtException(Thread thread, Throwable cause) {
            Logger log = LoggerFactory.getLogger(Threads.class);
            log.error("Thread {} ended by an exception nobody caught", thread.getName(), cause);
        }
    }
}
