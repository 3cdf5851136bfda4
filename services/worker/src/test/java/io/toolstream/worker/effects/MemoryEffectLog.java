package io.toolstream.worker.effects;

import io.toolstream.settings.LedgerSettings;
import io.toolstream.wire.EffectEntry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The effects topic of several workers in memory: appends and acknowledges at once, or holds acknowledgements back. What
 * other workers write is read when {@link #deliver} says so. Of one thread.
 */
public final class MemoryEffectLog implements EffectLog {
    private final Map<Integer, List<EffectEntry>> partitions;
    private final Map<Integer, Reader> readers = new HashMap<>();
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final Queue<Runnable> held = new ArrayDeque<>();

    /** Told of each entry before it is appended. */
    public Consumer<EffectEntry> onAppend = entry -> {};

    private boolean isHolding;
    private boolean isBroken;

    public MemoryEffectLog() {
        this(new HashMap<>());
    }

    private MemoryEffectLog(Map<Integer, List<EffectEntry>> partitions) {
        this.partitions = partitions;
    }

    /** A ledger of one worker alone. */
    public static EffectLedger ledger(InstantSource clock) {
        return new MemoryEffectLog().open(clock);
    }

    /** The ledger of a worker on it. */
    public EffectLedger open(InstantSource clock) {
        return new EffectLedger(this, LedgerSettings.DEFAULT, clock);
    }

    /** The same topic as another worker sees it. */
    MemoryEffectLog ofAnotherWorker() {
        return new MemoryEffectLog(partitions);
    }

    /** True if nothing was ever written. */
    public boolean isUntouched() {
        return partitions.values().stream().allMatch(List::isEmpty);
    }

    /** Of one partition, so far. */
    List<EffectEntry> entries(int partition) {
        return partitions.computeIfAbsent(partition, unused -> new CopyOnWriteArrayList<>());
    }

    void hold() {
        isHolding = true;
    }

    void release() {
        isHolding = false;
        while (!held.isEmpty()) {
            held.remove().run();
        }
    }

    /** Nothing is appended from now on, and everything fails. */
    void breakDown() {
        isBroken = true;
    }

    /** Reads everything that is there to the readers. */
    void deliver() {
        readers.forEach((partition, reader) -> {
            List<EffectEntry> entries = entries(partition);
            for (int offset = positions.getOrDefault(partition, 0); offset < entries.size(); offset++) {
                reader.read(offset, entries.get(offset), 0);
            }
            positions.put(partition, entries.size());
            reader.readUpTo(entries.size());
        });
    }

    @Override
    public CompletableFuture<Long> append(int partition, EffectEntry entry) {
        if (isBroken) {
            return CompletableFuture.failedFuture(new IllegalStateException("as told"));
        }
        onAppend.accept(entry);
        List<EffectEntry> entries = entries(partition);
        entries.add(entry);
        long offset = entries.size() - 1L;
        if (!isHolding) {
            return CompletableFuture.completedFuture(offset);
        }
        CompletableFuture<Long> acknowledged = new CompletableFuture<>();
        held.add(() -> acknowledged.complete(offset));
        return acknowledged;
    }

    @Override
    public CompletableFuture<EffectEntry> read(int partition, long offset) {
        return CompletableFuture.completedFuture(entries(partition).get((int) offset));
    }

    @Override
    public void follow(int partition, Reader reader) {
        readers.put(partition, reader);
        reader.startAt(0);
    }

    @Override
    public void leave(int partition) {
        readers.remove(partition);
    }

    @Override
    public void hurry() {}

    @Override
    public void close() {
        readers.clear();
    }
}
