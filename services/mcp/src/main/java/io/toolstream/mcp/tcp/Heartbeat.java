package io.toolstream.mcp.tcp;

import io.toolstream.mcp.McpClientSettings.Sharing;

/**
 * Tells when a connection that carries requests and is silent should be pinged, and when it is dead. A connection without
 * requests is left alone: servers take pings for nothing amiss, and nobody waits. Time is a parameter; one thread.
 */
public final class Heartbeat {
    private final long afterNanos;
    private final long waitNanos;
    private long heardNanos;
    private long pingedNanos;
    private boolean isPinged;
    private boolean wasHeard;

    public Heartbeat(Sharing sharing, long nowNanos) {
        this.afterNanos = sharing.pingAfter().toNanos();
        this.waitNanos = sharing.pingWait().toNanos();
        this.heardNanos = nowNanos;
    }

    /** What is to be done. */
    public enum Beat {
        NONE,
        PING,
        DEAD
    }

    /** A request was sent; silence counts from the first one on. */
    public void began(long nowNanos, int inFlight) {
        if (inFlight == 1) {
            heardNanos = nowNanos;
            isPinged = false;
        }
    }

    /** Something came. When exactly is looked up at the next beat: a clock costs more than a field. */
    public void heard() {
        wasHeard = true;
        isPinged = false;
    }

    public long dueNanos() {
        return isPinged ? pingedNanos + waitNanos : heardNanos + afterNanos;
    }

    public Beat beat(long nowNanos, int inFlight) {
        if (wasHeard) {
            wasHeard = false;
            heardNanos = nowNanos;
        }
        if (inFlight == 0 || nowNanos - dueNanos() < 0) {
            return Beat.NONE;
        }
        if (isPinged) {
            return Beat.DEAD;
        }
        isPinged = true;
        pingedNanos = nowNanos;
        return Beat.PING;
    }
}
