package io.toolstream.mcp.replica;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.ToolServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of several servers that do the same: how much it has to do, and whether it was failing lately. Any thread; races
 * between two failures cost nothing but a slightly different pause.
 */
final class Replica {
    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int DOUBLINGS = 5;

    private final ToolServer server;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile int failures;
    private volatile long pausedUntilNanos = System.nanoTime();

    Replica(ToolServer server) {
        this.server = server;
    }

    ToolServer server() {
        return server;
    }

    int inFlight() {
        return inFlight.get();
    }

    boolean isPaused(long nowNanos) {
        return failures > 0 && nowNanos - pausedUntilNanos < 0;
    }

    void began() {
        inFlight.incrementAndGet();
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    /** Only what says that the server itself is not well. */
    void judge(Throwable failure, long nowNanos) {
        if (!(failure instanceof McpException known)) {
            return;
        }
        switch (known.kind()) {
            case CONNECT, CONNECTION_LOST -> pause(nowNanos);
            case POOL_EXHAUSTED,
                    TIMEOUT,
                    CANCELLED,
                    RATE_LIMITED,
                    UNAUTHORIZED,
                    SERVER_ERROR,
                    INVALID_PARAMS,
                    PROTOCOL,
                    RESULT_TOO_LARGE,
                    CLOSED -> {}
        }
    }

    private void pause(long nowNanos) {
        int before = Math.min(failures, DOUBLINGS);
        failures = before + 1;
        pausedUntilNanos = nowNanos + (FIRST_PAUSE_NANOS << before);
    }

    void isWell() {
        if (failures != 0) {
            failures = 0;
        }
    }
}
