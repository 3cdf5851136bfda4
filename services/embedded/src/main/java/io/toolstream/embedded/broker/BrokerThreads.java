package io.toolstream.embedded.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All threads of one broker. A thread belongs to the group of the one that made it, so whatever Kafka starts from here,
 * directly or not, is found again: to report its faults and to end it when a close takes too long.
 */
final class BrokerThreads extends ThreadGroup {
    private static final Logger log = LoggerFactory.getLogger(BrokerThreads.class);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    static {
        // Kafka ends the process where its own only log directory fails. Here the process is not its own.
        Exit.setExitProcedure((status, message) -> exit(status, message, Runtime.getRuntime()::exit));
        Exit.setHaltProcedure((status, message) -> exit(status, message, Runtime.getRuntime()::halt));
    }

    private final CompletableFuture<Void> fault = new CompletableFuture<>();

    BrokerThreads(String name) {
        super(name);
    }

    /**
     * Runs the work on a thread of this group and waits for it, no longer than the limit. Then it is interrupted, and its end is
     * waited for, no longer than {@code patience}: what it began after the broker's close would be ended by nobody.
     */
    void run(String threadName, Duration limit, Duration patience, Work work) throws TimeoutException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        Thread thread = new Thread(this, task, threadName);
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abandon(thread, patience);
            throw e;
        } catch (ExecutionException e) {
            throw new BrokerException("The broker's " + threadName + " failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            abandon(thread, patience);
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted during the broker's " + threadName, e);
        }
    }

    private static void abandon(Thread thread, Duration patience) {
        thread.interrupt();
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, patience.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Completes exceptionally, on a thread of the broker, when the broker cannot go on. */
    CompletableFuture<Void> fault() {
        return fault;
    }

    void report(String what, Throwable cause) {
        if (fault.completeExceptionally(new BrokerException("The in-process broker failed: " + what, cause))) {
            log.error("The in-process broker failed: {}: {}", what, cause.getMessage());
        }
    }

    /** Waits until no thread is left that would keep the JVM alive; interrupts and names those that stay. */
    void end(Duration limit) {
        if (!join(limit)) {
            interrupt();
            if (!join(AFTER_INTERRUPT)) {
                log.warn(
                        "Threads of the broker stay behind: {}",
                        alive().map(Thread::getName).toList());
            }
        }
    }

    private boolean join(Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        try {
            for (Thread thread : alive().toList()) {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadlineNanos - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return alive().findAny().isEmpty();
    }

    private Stream<Thread> alive() {
        Thread[] threads = new Thread[activeCount() * 2 + 16];
        int count = enumerate(threads);
        return Stream.of(threads).limit(count).filter(thread -> !thread.isDaemon());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (!(thrown instanceof Ended)) {
            report("thread " + thread.getName() + " died", thrown);
        }
    }

    private static void exit(int status, String message, IntConsumer otherwise) {
        if (Thread.currentThread().getThreadGroup() instanceof BrokerThreads broker) {
            Ended ended = new Ended("Kafka asked to end the process with status " + status + ": " + message);
            broker.report("it asked to end the process, see the lines before", ended);
            throw ended;
        }
        otherwise.accept(status);
    }

    /** Work that may throw anything. */
    interface Work {
        void run() throws Exception;
    }

    /** Unwinds the thread on which Kafka asked to end the process. */
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended(String message) {
            super(message);
        }
    }
}
