package io.toolstream.worker.cache;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The epochs of tools, as all workers see them. Any thread; nothing blocks or throws. */
public interface Epochs {
    /** The tool's epoch, as far as it is known. A mark of this worker counts from the moment it was sent. */
    KnownEpoch of(ToolName tool);

    /**
     * Begins a new epoch of each of these tools. What this worker keeps of them is not used from here on, wherever the mark is
     * on its way.
     *
     * @param by whose call it was
     * @return completes when every mark is acknowledged; exceptionally only if the worker's own clients are broken
     */
    CompletableFuture<Void> advance(List<ToolName> tools, String by);
}
