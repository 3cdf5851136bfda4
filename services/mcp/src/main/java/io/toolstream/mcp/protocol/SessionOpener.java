package io.toolstream.mcp.protocol;

import io.toolstream.mcp.transport.Link;
import java.util.concurrent.CompletableFuture;

/** Comes to an agreement with a server over a fresh link. One implementation per era. Nothing blocks or throws. */
interface SessionOpener {
    /** Fails with an {@link io.toolstream.mcp.McpException} only. */
    CompletableFuture<Session> open(Link link);
}
