package io.toolstream.mcp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A task at a tool server: all that one must know to go on asking for its result, in this process or another.
 *
 * @param server the name of the server, as the operator gave it
 * @param id the server's own, opaque; may be as good as a password
 * @param pollInterval how long to wait between two questions
 * @param timeToLive how long the server keeps the task from its creation on; null if it does not say
 */
public record TaskHandle(
        String server,
        String id,
        Duration pollInterval,
        @Nullable Duration timeToLive) {
    /** Without the id. */
    @Override
    public String toString() {
        return "TaskHandle[" + server + "]";
    }
}
