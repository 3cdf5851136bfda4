package io.toolstream.mcp.protocol;

import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.CompletableFuture;

/** What every question to one server needs on its way. */
interface Asking {
    SessionKeeper sessions();

    Delays delays();

    /** Where reports of progress go. */
    Reports reports();

    /** Sees every reply, before the caller. */
    void observe(Session session, Reply reply);

    /** Reads the list of tools again. */
    CompletableFuture<?> refreshTools();

    /** Asks something for nobody: best effort. */
    void aside(Inquiry<?> inquiry);
}
