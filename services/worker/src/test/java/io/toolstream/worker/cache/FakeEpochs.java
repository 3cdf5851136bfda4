package io.toolstream.worker.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Epochs without a log; marks are acknowledged at once, or when the test says so. */
final class FakeEpochs implements Epochs {
    final List<ToolName> advanced = new ArrayList<>();
    CompletableFuture<Void> acknowledged = CompletableFuture.completedFuture(null);
    volatile boolean areKnown = true;

    private final Map<ToolName, Epoch> epochs = new ConcurrentHashMap<>();

    @Override
    public @Nullable Epoch of(ToolName tool) {
        return areKnown ? epochs.getOrDefault(tool, Epoch.FIRST) : null;
    }

    @Override
    public CompletableFuture<Void> advance(List<ToolName> tools, String by) {
        tools.forEach(tool -> {
            advanced.add(tool);
            epochs.merge(tool, new Epoch(0, 1), (before, first) -> new Epoch(before.offset() + 1, 1));
        });
        return acknowledged;
    }
}
