package io.toolstream.metrics.stream;

import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import io.toolstream.wire.WindowMetrics.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows of the scopes of one partition: what is added to them, what of them is published when, and what is forgotten.
 * Open windows stand in memory, all of the three lengths; of each slot what was counted is saved as well, so that everything here
 * can be made anew from the store.
 *
 * <p>A window gets a record at most every {@link #PAUSE} while something is added, and a final one when it is over and nothing
 * has come for the grace. What comes later opens it again, and is published as a correction. Blocks of windows on which
 * nothing has come for the retention are forgotten, the oldest first; and so is the oldest block when there are too many windows.
 */
final class WindowBoard {
    /** Below a second, so that with the ways before and behind it a record is no older than one and a half. */
    private static final Duration PAUSE = Duration.ofMillis(750);

    private static final int MOST_SLOTS = 200_000;
    private static final Logger log = LoggerFactory.getLogger(WindowBoard.class);

    private final Map<Window, OpenWindow> open = new HashMap<>();
    private final Set<Window> unsaved = new HashSet<>();
    private final TreeMap<Long, Long> touchedByBlock = new TreeMap<>();
    private final WindowStore store;
    private final StreamSettings settings;
    private long floorMillis;
    private int slots;

    private WindowBoard(WindowStore store, StreamSettings settings) {
        this.store = store;
        this.settings = settings;
        this.floorMillis = store.floorMillis();
    }

    /** As it was when the store was saved; what had no final record by then will get one. */
    static WindowBoard restore(WindowStore store, StreamSettings settings, long nowMillis) {
        WindowBoard board = new WindowBoard(store, settings);
        store.slots(slot -> {
            board.slots++;
            board.touchedByBlock.put(WindowKeys.block(slot.startMillis()), nowMillis);
            for (WindowLength length : WindowKeys.LENGTHS) {
                Window window = WindowKeys.window(slot, length);
                if (!store.isSettled(window)) {
                    board.opened(window, nowMillis);
                }
            }
        });
        return board;
    }

    /** To be {@link #save saved}. False if the window was forgotten. */
    boolean add(Slot slot, Figures more, long nowMillis) {
        if (slot.startMillis() < floorMillis) {
            return false;
        }
        for (WindowLength length : WindowKeys.LENGTHS) {
            OpenWindow window = opened(WindowKeys.window(slot, length), nowMillis);
            if (window.isUntouchedCorrection()) {
                store.markOwing(window.window(), window.revision() - 1);
            }
            window.add(more, nowMillis);
        }
        unsaved.add(WindowKeys.window(slot, WindowKeys.SHORTEST));
        touchedByBlock.put(WindowKeys.block(slot.startMillis()), nowMillis);
        return true;
    }

    /** What has been added but not saved went to open windows only: reading one anew misses nothing. */
    private OpenWindow opened(Window window, long nowMillis) {
        return open.computeIfAbsent(
                window, closed -> new OpenWindow(closed, store.figures(closed), store.revision(closed), nowMillis));
    }

    void save() {
        for (Window window : unsaved) {
            OpenWindow opened = open.get(window);
            if (opened != null && store.save(window, opened.figures())) {
                slots++;
            }
        }
        unsaved.clear();
    }

    /** Publishes what is due, and forgets what is old. */
    void tick(long nowMillis, Consumer<WindowMetrics> publisher) {
        Iterator<OpenWindow> windows = open.values().iterator();
        while (windows.hasNext()) {
            OpenWindow window = windows.next();
            if (window.isOver(settings.grace().toMillis(), nowMillis)) {
                publishFinal(window, nowMillis, publisher);
                windows.remove();
            } else if (window.isDue(PAUSE.toMillis(), nowMillis)) {
                publisher.accept(window.publish(false, nowMillis));
            }
        }
        forget(nowMillis, publisher);
    }

    private void publishFinal(OpenWindow window, long nowMillis, Consumer<WindowMetrics> publisher) {
        publisher.accept(window.publish(true, nowMillis));
        store.mark(window.window(), window.revision());
    }

    private void forget(long nowMillis, Consumer<WindowMetrics> publisher) {
        while (!touchedByBlock.isEmpty()) {
            Map.Entry<Long, Long> oldest = touchedByBlock.firstEntry();
            long block = oldest.getKey();
            long end = block + WindowKeys.LONGEST.millis();
            long quiet = Math.max(end, oldest.getValue()) + settings.retention().toMillis();
            boolean isTooMuch = slots > MOST_SLOTS && touchedByBlock.size() > 1;
            if (nowMillis < quiet && !isTooMuch) {
                return;
            }
            if (isTooMuch) {
                log.warn("more than {} windows: the oldest are forgotten before their time", MOST_SLOTS);
            }
            closeBelow(end, nowMillis, publisher);
            slots -= store.forget(block);
            floorMillis = end;
            touchedByBlock.remove(block);
        }
    }

    private void closeBelow(long endMillis, long nowMillis, Consumer<WindowMetrics> publisher) {
        open.values().removeIf(window -> {
            boolean isBelow = window.window().endMillis() <= endMillis;
            if (isBelow) {
                publishFinal(window, nowMillis, publisher);
            }
            return isBelow;
        });
    }
}
