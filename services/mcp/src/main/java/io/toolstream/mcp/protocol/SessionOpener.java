package io.toolstream.mcp.protocol;

import io.toolstream.mcp.transport.Link;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Comes to an agreement with a server. Nothing blocks or throws. */
interface SessionOpener {
    /**
     * Fails with an {@link io.toolstream.mcp.McpException} only.
     *
     * @param connect gives the link of the moment, or a fresh one where there is none
     */
    CompletableFuture<Session> open(Supplier<CompletableFuture<Link>> connect);

    /** A session that this opener made turned out to be of no use: what was learned may be wrong. */
    void doubt();
}
