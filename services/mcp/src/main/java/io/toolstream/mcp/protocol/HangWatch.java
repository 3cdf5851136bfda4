package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells a slow server from one that hangs: after some requests in a row ran out of time it is time for a probe, and a link
 * over which that gets no answer either is of no use. Any thread.
 */
public final class HangWatch {
    private final int limit;
    private final AtomicInteger inARow = new AtomicInteger();

    /** @param limit so many time-outs in a row make suspicious */
    public HangWatch(int limit) {
        this.limit = limit;
    }

    /** For links that are not private to us: a hanging HTTP endpoint does not get better by another connection. */
    public static HangWatch none() {
        return new HangWatch(Integer.MAX_VALUE);
    }

    /** Returns whether a probe is due. */
    boolean isSuspicious(Reply reply) {
        if (reply instanceof Reply.Answered) {
            if (inARow.get() != 0) {
                inARow.set(0);
            }
            return false;
        }
        return reply instanceof Reply.Failed failed && isTimeout(failed.failure()) && inARow.incrementAndGet() == limit;
    }

    /** The probe's failure. */
    boolean confirms(Throwable failure) {
        inARow.set(0);
        return failure instanceof McpException known && isTimeout(known);
    }

    private static boolean isTimeout(McpException failure) {
        return failure.kind() == Kind.TIMEOUT && failure.delivery() != Delivery.ANSWERED;
    }
}
