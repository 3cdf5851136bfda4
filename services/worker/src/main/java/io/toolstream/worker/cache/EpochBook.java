package io.toolstream.worker.cache;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was read of the log of epochs, and the marks of this worker that are still on their way.
 *
 * <p>Threads: {@link #read} on the tail's alone, everything else on any. The last mark read of a tool counts, not the one
 * with the highest offset: a topic that was made anew counts from zero.
 *
 * <p>Bounded: of more tools than {@code most}, the oldest share one epoch, that of the last of them to be dropped. It is
 * written before the tool is, so that whoever misses the tool finds it; it never comes back to what it was, since no two
 * marks are equal. So a tool that was dropped may lose answers that would count, and never keeps one that does not.
 */
final class EpochBook {
    private final Map<ToolName, Epoch> epochs = new ConcurrentHashMap<>();
    private final Map<ToolName, Transit> transits = new ConcurrentHashMap<>();
    private final Queue<ToolName> inOrder = new ArrayDeque<>();
    private final AtomicLong numbers = new AtomicLong();
    private final int most;
    private volatile Epoch ofDropped = Epoch.FIRST;

    EpochBook(int most) {
        this.most = most;
    }

    /** Marks of one tool: how many are not acknowledged, up to which offset they have to be read, and the number of the last. */
    private record Transit(int sent, long offset, long number) {
        boolean isOver(long readOffset) {
            return sent == 0 && readOffset >= offset;
        }
    }

    /** While a mark of this worker has not come back, its epoch is one of the worker's own. */
    KnownEpoch of(ToolName tool, boolean isUpToDate) {
        Transit transit = transits.get(tool);
        if (transit != null) {
            return new KnownEpoch(Epoch.onItsWay(transit.number()), false);
        }
        Epoch epoch = epochs.get(tool);
        return new KnownEpoch(epoch == null ? ofDropped : epoch, isUpToDate);
    }

    /** A mark was read, on the tail's thread. */
    void read(ToolName tool, Epoch epoch) {
        if (epochs.put(tool, epoch) == null) {
            inOrder.add(tool);
        }
        if (epochs.size() > most) {
            drop(inOrder.remove());
        }
        transits.computeIfPresent(tool, (same, transit) -> transit.isOver(epoch.offset()) ? null : transit);
    }

    private void drop(ToolName oldest) {
        Epoch last = epochs.get(oldest);
        if (last != null) {
            ofDropped = last;
            epochs.remove(oldest);
        }
    }

    /** A mark is about to be written. */
    void sent(ToolName tool) {
        transits.merge(
                tool,
                new Transit(1, -1, numbers.incrementAndGet()),
                (before, one) -> new Transit(before.sent() + 1, before.offset(), one.number()));
    }

    /** It is acknowledged; it may have been read already. */
    void acknowledged(ToolName tool, long offset) {
        transits.computeIfPresent(tool, (same, before) -> {
            Transit now = new Transit(before.sent() - 1, Math.max(before.offset(), offset), before.number());
            Epoch read = epochs.get(tool);
            return now.isOver(read == null ? -1 : read.offset()) ? null : now;
        });
    }
}
