package io.toolstream.mcp.transport;

import io.toolstream.mcp.ConnectionStats;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** A way to one tool server. Owns its connections or children. Any thread may call; nothing blocks or throws. */
public interface Transport {
    /**
     * A link to speak over. HTTP gives the same one at once, since any connection will do for any request; a child or
     * a socket is started, and given again while it lives. Fails with an {@link io.toolstream.mcp.McpException} only.
     *
     * @param inbox where messages go that are no answers
     */
    CompletableFuture<Link> connect(Inbox inbox);

    ConnectionStats stats();

    /** As {@link io.toolstream.mcp.ToolServer#requestsAtOnce()}. */
    int requestsAtOnce();

    /** Where to count what came unasked. */
    Anomalies anomalies();

    /** Runs tasks on an I/O thread of this transport; they must not block. */
    ScheduledExecutorService timer();

    /** Fails what is under way, then ends connections and children. Completes when nothing is left. */
    CompletableFuture<Void> close();
}
