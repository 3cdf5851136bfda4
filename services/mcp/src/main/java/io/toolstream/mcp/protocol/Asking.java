package io.toolstream.mcp.protocol;

import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** What every question to one server needs on its way. */
interface Asking {
    SessionKeeper sessions();

    ScheduledExecutorService timer();

    /** Sees every reply, before the caller. */
    void observe(Session session, Reply reply);

    /** Reads the list of tools again. */
    CompletableFuture<?> refreshTools();
}
