package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import org.jspecify.annotations.Nullable;

/** What a caller wants to know: how to ask in a session, how to read the answer, and what to ask after it. */
interface Inquiry<T> {
    Command command(Session session);

    /** May throw an {@link McpException} at an answer that is none. */
    Step<T> read(Session session, Verdict.Result result);

    /** What a failure of this one exchange means. */
    default Step<T> failed(McpException why) {
        return new Step.Failed<>(why);
    }

    /** A failure as the caller of the whole should see it. */
    default McpException told(McpException why) {
        return why;
    }

    /** When this has to be answered, if that is before all has to be; on the clock of {@link System#nanoTime()}. */
    default long answerByNanos(long deadlineNanos) {
        return deadlineNanos;
    }

    /** How long one exchange may take, within what the caller allows. */
    default long limitNanos() {
        return Long.MAX_VALUE;
    }

    /** What to tell the server when the caller gives up or has no more time, beyond ending the exchange. */
    default @Nullable Inquiry<?> farewell() {
        return null;
    }
}
