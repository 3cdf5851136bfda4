package io.toolstream.worker.cache;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The epochs of tools, as all workers see them. Any thread; nothing blocks or throws. */
public interface Epochs {
    /** The tool's epoch, known to be right as of a second ago at most; null if it is not, and then nothing kept is used. */
    @Nullable
    Epoch of(ToolName tool);

    /**
     * Begins a new epoch of each of these tools. What this worker keeps of them is not used from here on, wherever the mark is
     * on its way.
     *
     * @param by whose call it was
     * @return completes when every mark is acknowledged; exceptionally only if the worker's own clients are broken
     */
    CompletableFuture<Void> advance(List<ToolName> tools, String by);
}
