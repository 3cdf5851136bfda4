package io.toolstream.mcp;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/** {@code stdio-timer}: the one thread that all stdio servers of one client share; it keeps their time limits. */
final class StdioThreads {
    private final ScheduledThreadPoolExecutor timer;

    StdioThreads() {
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "stdio-timer");
            thread.setDaemon(true);
            return thread;
        };
        timer = (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(1, threads);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    void close() {
        timer.shutdown();
    }
}
