package io.toolstream.worker.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Epochs without a log; marks are acknowledged at once, or when the test says so. */
final class FakeEpochs implements Epochs {
    final List<ToolName> advanced = new ArrayList<>();
    CompletableFuture<Void> acknowledged = CompletableFuture.completedFuture(null);
    volatile boolean areKnown = true;

    private final Map<ToolName, Epoch> epochs = new ConcurrentHashMap<>();

    @Override
    public KnownEpoch of(ToolName tool) {
        return new KnownEpoch(epochs.getOrDefault(tool, Epoch.FIRST), areKnown);
    }

    /** A mark of this worker was sent. */
    void markOnItsWay(ToolName tool) {
        areKnown = false;
        epochs.put(tool, Epoch.onItsWay(1));
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
