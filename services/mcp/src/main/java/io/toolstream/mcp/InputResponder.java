package io.toolstream.mcp;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Answers what tool servers ask for while they work on a call, in every era: as requests of the server up to 2025-11-25, as
 * {@code input_required} results since. Called on I/O threads, also by several at once; must neither block nor throw.
 */
public interface InputResponder {
    /** What it can be asked for; the same at all times. */
    Set<InputKind> kinds();

    /** The answer, a JSON object; a failure tells the server no more than that there is none. */
    CompletableFuture<JsonSlice> answer(InputRequest request);
}
