package io.toolstream.metrics.stream;

import io.toolstream.wire.WindowMetrics.Window;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is kept of windows: the figures of the shortest, from which the longer ones are added up; which of all have had their
 * final record; and up to when windows were forgotten. One thread.
 */
final class WindowStore {
    private final KeyValueStore<Bytes, byte[]> store;

    WindowStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Of the scope from the window's start to its end, as saved. */
    Figures figures(Window window) {
        Figures sum = new Figures();
        long step = WindowKeys.SHORTEST.millis();
        for (long start = window.startMillis(); start < window.endMillis(); start += step) {
            byte[] saved = store.get(WindowKeys.figures(new Window(window.scope(), WindowKeys.SHORTEST, start)));
            if (saved != null) {
                FiguresCodec.readInto(sum, new ByteInput(saved));
            }
        }
        return sum;
    }

    /** True if there were none of this window. */
    boolean save(Window shortest, Figures figures) {
        ByteOutput out = new ByteOutput();
        FiguresCodec.write(out, figures);
        Bytes key = WindowKeys.figures(shortest);
        boolean isNew = store.get(key) == null;
        store.put(key, out.toByteArray());
        return isNew;
    }

    /** The revision of the window's final record, if it has one. */
    OptionalInt revision(Window window) {
        byte[] mark = store.get(WindowKeys.mark(window));
        return mark == null ? OptionalInt.empty() : OptionalInt.of(new ByteInput(mark).integer());
    }

    /** The final record of this revision was written. */
    void mark(Window window, int revision) {
        store.put(
                WindowKeys.mark(window),
                new ByteOutput().number(revision).flag(false).toByteArray());
    }

    /** Something came after the final record of this revision: it is owed a correction, whatever becomes of this process. */
    void markOwing(Window window, int revision) {
        store.put(
                WindowKeys.mark(window),
                new ByteOutput().number(revision).flag(true).toByteArray());
    }

    /** True if nothing came since the final record. */
    boolean isSettled(Window window) {
        byte[] mark = store.get(WindowKeys.mark(window));
        if (mark == null) {
            return false;
        }
        ByteInput in = new ByteInput(mark);
        long unusedRevision = in.number();
        return !in.flag();
    }

    /** What was before this moment, epoch ms, is forgotten. */
    long floorMillis() {
        byte[] floor = store.get(WindowKeys.FLOOR);
        return floor == null ? 0 : new ByteInput(floor).number();
    }

    /** @return how many of the shortest windows were forgotten */
    int forget(long block) {
        int forgotten = 0;
        long next = block + WindowKeys.LONGEST.millis();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(WindowKeys.before(block), WindowKeys.before(next))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                forgotten += WindowKeys.isFigures(entry.key) ? 1 : 0;
                store.delete(entry.key);
            }
        }
        store.put(WindowKeys.FLOOR, new ByteOutput().number(next).toByteArray());
        return forgotten;
    }

    /** All of the shortest windows there are. */
    void slots(Consumer<Slot> reader) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (WindowKeys.isFigures(entry.key)) {
                    reader.accept(WindowKeys.slot(entry.key));
                }
            }
        }
    }
}
