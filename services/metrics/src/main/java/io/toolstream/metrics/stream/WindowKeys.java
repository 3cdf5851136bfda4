package io.toolstream.metrics.stream;

import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics.Window;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the store of windows. All that belongs to one block, which is a window of the longest kind, stands side by
 * side: {@code block, kind, length, start, scope}.
 */
final class WindowKeys {
    static final WindowLength SHORTEST = WindowLength.TEN_SECONDS;
    static final WindowLength LONGEST = WindowLength.FIVE_MINUTES;
    static final List<WindowLength> LENGTHS = List.of(WindowLength.values());

    /** Stands before all blocks. */
    static final Bytes FLOOR = Bytes.wrap(new byte[] {0});

    private static final byte FIGURES = 1;
    private static final byte MARK = 2;
    private static final int HEAD = Long.BYTES + 1 + Integer.BYTES + Long.BYTES;

    private WindowKeys() {}

    /** What was counted in one of the shortest windows. */
    static Bytes figures(Window shortest) {
        return key(FIGURES, shortest);
    }

    /** That the final record of a window was written, and which revision of it. */
    static Bytes mark(Window window) {
        return key(MARK, window);
    }

    private static Bytes key(byte kind, Window window) {
        ByteOutput scope = new ByteOutput();
        Scopes.write(scope, window.scope());
        byte[] name = scope.toByteArray();
        ByteBuffer key = ByteBuffer.allocate(HEAD + name.length);
        key.putLong(block(window.startMillis())).put(kind);
        key.putInt((int) window.length().millis()).putLong(window.startMillis()).put(name);
        return Bytes.wrap(key.array());
    }

    /** Before everything that belongs to this block, and after all of the one before it. */
    static Bytes before(long block) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(block).array());
    }

    static long block(long epochMillis) {
        return LONGEST.startOf(epochMillis);
    }

    static boolean isFigures(Bytes key) {
        return key.get().length > HEAD && key.get()[Long.BYTES] == FIGURES;
    }

    /** Of a key of figures. */
    static Slot slot(Bytes key) {
        byte[] bytes = key.get();
        long startMillis = ByteBuffer.wrap(bytes).getLong(HEAD - Long.BYTES);
        MetricsScope scope = Scopes.read(new ByteInput(Arrays.copyOfRange(bytes, HEAD, bytes.length)));
        return new Slot(scope, startMillis);
    }

    static Window window(Slot slot, WindowLength length) {
        return new Window(slot.scope(), length, length.startOf(slot.startMillis()));
    }
}
