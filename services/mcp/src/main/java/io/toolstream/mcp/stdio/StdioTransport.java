package io.toolstream.mcp.stdio;

import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Inbox;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One child at a time: started when first needed and again, after a back-off, when it is needed after its end. A back-off
 * longer than a request may wait for a connection is told at once, with the time left.
 *
 * <p>{@code child}, {@code starting}, {@code last} and the counts are guarded by {@code lock}, which is held for field
 * access only; futures are completed outside of it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a start for later, and a stop that close() waits for
public final class StdioTransport implements Transport {
    private final ChildContext context;
    private final Supplier<Supervisor> supervisor;
    private final Duration patience;
    private final RestartPolicy restarts;
    private final ResidentMemory memory;
    private final Object lock = new Object();
    private @Nullable Child child;
    private @Nullable Child last;
    private @Nullable CompletableFuture<Link> starting;
    private boolean isClosed;
    private long opened;
    private long reusedBefore;

    /** @throws IllegalArgumentException if there is no command */
    public StdioTransport(ServerSpec.Stdio server, McpClientSettings settings, ScheduledExecutorService timer) {
        this(server.name(), ChildCommand.of(server, System.getenv()), settings, timer, Supervisor::ofThisMachine);
    }

    /** @param supervisor asked for on a child's own thread */
    StdioTransport(
            String name,
            ChildCommand command,
            McpClientSettings settings,
            ScheduledExecutorService timer,
            Supplier<Supervisor> supervisor) {
        this.context = new ChildContext(name, command, settings, timer, this::ended);
        this.supervisor = supervisor;
        this.memory = new ResidentMemory(timer);
        this.patience = settings.pool().acquireWait();
        this.restarts = new RestartPolicy(settings.stdio().restarts(), RandomGenerator.getDefault());
    }

    @Override
    public CompletableFuture<Link> connect(Inbox inbox) {
        CompletableFuture<Link> mine;
        Duration delay;
        synchronized (lock) {
            if (isClosed) {
                return CompletableFuture.failedFuture(closed());
            }
            if (child != null) {
                return CompletableFuture.completedFuture(child);
            }
            if (starting != null) {
                return starting;
            }
            delay = restarts.untilNextStart(System.nanoTime());
            if (delay.compareTo(patience) > 0) {
                return CompletableFuture.failedFuture(notYet(delay));
            }
            mine = new CompletableFuture<>();
            starting = mine;
        }
        startAfter(delay, mine, inbox);
        return mine;
    }

    private void startAfter(Duration delay, CompletableFuture<Link> mine, Inbox inbox) {
        Runnable start = () -> start(mine, inbox);
        if (delay.isZero()) {
            start.run();
            return;
        }
        try {
            context.timer().schedule(start, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            mine.completeExceptionally(closed());
        }
    }

    /** The system may have no thread left, which is told like this; the next who needs the child tries again. */
    private void start(CompletableFuture<Link> mine, Inbox inbox) {
        try {
            context.start("out", () -> run(mine, inbox));
        } catch (OutOfMemoryError e) {
            notStarted(mine, e);
        }
    }

    /** The whole life of one child, on its own thread. */
    private void run(CompletableFuture<Link> mine, Inbox inbox) {
        Child started;
        try {
            started = new Child(context, ChildProcess.start(context.command(), supervisor.get()), inbox);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            notStarted(mine, e);
            return;
        }
        boolean isTooLate = started(started);
        if (isTooLate) {
            mine.completeExceptionally(closed());
            started.stop();
        } else {
            mine.complete(started);
        }
        started.runToTheEnd();
    }

    private boolean started(Child fresh) {
        synchronized (lock) {
            starting = null;
            last = fresh;
            child = isClosed ? null : fresh;
            opened++;
            return isClosed;
        }
    }

    /** What is no failure of the system may quote the environment, and is not told in its own words. */
    private void notStarted(CompletableFuture<Link> mine, Throwable cause) {
        synchronized (lock) {
            starting = null;
            restarts.ended(System.nanoTime());
        }
        boolean isOfSystem = cause instanceof IOException || cause instanceof OutOfMemoryError;
        String why = "the child cannot be started: "
                + (isOfSystem ? cause.getMessage() : cause.getClass().getSimpleName());
        mine.completeExceptionally(new McpException(Kind.CONNECT, Delivery.NOT_SENT, why, isOfSystem ? cause : null));
    }

    private void ended(Child gone) {
        synchronized (lock) {
            reusedBefore += Math.max(0, gone.requests() - 1);
            if (child == gone) {
                child = null;
                if (!isClosed) {
                    restarts.ended(System.nanoTime());
                }
            }
        }
    }

    private McpException notYet(Duration delay) {
        String why = (restarts.isGivenUp() ? "the child ended too often" : "the child ended")
                + "; it may be started again in " + delay.toMillis() + " ms";
        return new McpException(Kind.CONNECT, Delivery.NOT_SENT, why, null, null, delay);
    }

    private static McpException closed() {
        return new McpException(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed", null);
    }

    @Override
    public ConnectionStats stats() {
        synchronized (lock) {
            boolean isBusy = child != null && child.isBusy();
            long reused = reusedBefore + (child == null ? 0 : Math.max(0, child.requests() - 1));
            int idle = child == null || isBusy ? 0 : 1;
            long residentBytes = child == null ? 0 : memory.bytes(child.pid());
            return new ConnectionStats(opened, reused, isBusy ? 1 : 0, idle, 0, context.establishNanos())
                    .withResidentBytes(residentBytes);
        }
    }

    @Override
    public int requestsAtOnce() {
        return context.settings().maxInFlight();
    }

    @Override
    public Anomalies anomalies() {
        return context.anomalies();
    }

    @Override
    public ScheduledExecutorService timer() {
        return context.timer();
    }

    @Override
    public CompletableFuture<Void> close() {
        CompletableFuture<Link> pendingStart;
        Child remaining;
        synchronized (lock) {
            isClosed = true;
            pendingStart = starting;
            remaining = last;
        }
        if (pendingStart != null) {
            // Whatever comes of the start, its own thread sees that we are closed.
            return pendingStart.handle((link, failure) -> link).thenCompose(link -> lastGone());
        }
        return remaining == null ? CompletableFuture.completedFuture(null) : remaining.stop();
    }

    private CompletableFuture<Void> lastGone() {
        Child remaining;
        synchronized (lock) {
            remaining = last;
        }
        return remaining == null ? CompletableFuture.completedFuture(null) : remaining.stop();
    }
}
