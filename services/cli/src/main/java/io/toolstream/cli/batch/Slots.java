package io.toolstream.cli.batch;

import io.toolstream.client.ToolCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The calls of an input, one after the other, and beside them the places of their results, those of wrong lines included,
 * in order. Places are kept until they are taken, at most so many: then there are no calls for a while. For one thread.
 */
final class Slots implements Iterator<ToolCall> {
    /** More than any usual window of calls, so that only wrong lines in great numbers come to it. */
    private static final int MOST_WAITING = 50_000;

    private final CallLines lines;
    private final LineReading reading;
    private final CallMaker maker;
    private final Deque<Slot> waiting = new ArrayDeque<>();
    private Iterator<Item> items = List.<Item>of().iterator();
    private @Nullable ToolCall next;
    private long line;
    private long index;
    private boolean isOver;

    Slots(CallLines lines, LineReading reading, CallMaker maker) {
        this.lines = lines;
        this.reading = reading;
        this.maker = maker;
    }

    /** Passes over the first items, whose results are there already; false if there are not as many. */
    boolean skip(long count) {
        while (index < count) {
            if (nextItem() == null) {
                return false;
            }
            index++;
        }
        return true;
    }

    @Override
    public boolean hasNext() {
        while (next == null && !isOver && waiting.size() < MOST_WAITING) {
            Item item = nextItem();
            if (item == null) {
                isOver = true;
            } else {
                place(item);
            }
        }
        return next != null;
    }

    private void place(Item item) {
        String id = maker.id(index);
        if (item instanceof Item.Wanted wanted) {
            next = maker.call(wanted, index);
            waiting.add(new Slot(index, line, id, item.toolCallId(), null));
        } else {
            waiting.add(new Slot(index, line, id, item.toolCallId(), (Item.Wrong) item));
        }
        index++;
    }

    private @Nullable Item nextItem() {
        while (!items.hasNext()) {
            CallLine read = lines.next();
            if (read == null) {
                return null;
            }
            line = read.number();
            if (!read.isBlank()) {
                items = reading.read(read).iterator();
            }
        }
        return items.next();
    }

    @Override
    public ToolCall next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("no more calls");
        }
        ToolCall call = next;
        next = null;
        return call;
    }

    /** The oldest place that is not taken yet. */
    @Nullable
    Slot peek() {
        return waiting.peek();
    }

    Slot take() {
        return waiting.remove();
    }

    long bytesRead() {
        return lines.bytesRead();
    }
}
