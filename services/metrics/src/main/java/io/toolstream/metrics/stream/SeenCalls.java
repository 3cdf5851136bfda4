package io.toolstream.metrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.Event;
import io.toolstream.wire.RecordPosition;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which calls were counted: a bit for each offset of the calls topic and for each member of a record, in blocks of 1,024.
 * Of each partition the last {@link #HORIZON_BLOCKS} blocks are known, a quarter of a million calls: far more than a worker may have
 * unsettled, and nothing else comes again. What is older is counted.
 *
 * <p>Calls of one record of events mostly stand in one block, which is written once for all of them, when they are {@link #save saved}.
 */
final class SeenCalls {
    static final int HORIZON_BLOCKS = 256;

    private static final int BLOCK = 1_024;
    private static final byte KIND = 1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Source, Long> newest = new HashMap<>();
    private final Map<Place, byte[]> unsaved = new HashMap<>();

    private record Source(String topic, int partition) {}

    /** @param part 0 for the offsets of the block; from 1 on for members of one of its records */
    private record Place(Source source, long block, long part) {}

    SeenCalls(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** True the first time. To be {@link #save saved} before anything is committed. */
    boolean isFirst(Event.Origin origin) {
        RecordPosition position = origin.position();
        Source source = new Source(position.topic(), position.partition());
        long block = position.offset() / BLOCK;
        if (isForgotten(source, block)) {
            return true;
        }
        int index = (int) (position.offset() % BLOCK);
        Integer member = origin.member();
        return member == null
                ? mark(new Place(source, block, 0), index)
                : mark(new Place(source, block, 1L + index + (long) (member / BLOCK) * (BLOCK + 1)), member % BLOCK);
    }

    private boolean mark(Place place, int bit) {
        byte[] bits = unsaved.get(place);
        if (bits == null) {
            byte[] known = store.get(key(place));
            if (known != null && isMarked(known, bit)) {
                return false;
            }
            bits = known == null ? new byte[BLOCK / Byte.SIZE] : known.clone();
            unsaved.put(place, bits);
        } else if (isMarked(bits, bit)) {
            return false;
        }
        bits[bit / Byte.SIZE] |= mask(bit);
        return true;
    }

    private static boolean isMarked(byte[] bits, int bit) {
        return (bits[bit / Byte.SIZE] & mask(bit)) != 0;
    }

    private static byte mask(int bit) {
        return (byte) (1 << (bit % Byte.SIZE));
    }

    void save() {
        unsaved.forEach((place, bits) -> store.put(key(place), bits));
        unsaved.clear();
    }

    /** Forgets the oldest blocks when a new one begins. */
    private boolean isForgotten(Source source, long block) {
        @Nullable Long last = newest.get(source);
        if (last == null || block > last) {
            newest.put(source, block);
            forgetBelow(source, block - HORIZON_BLOCKS);
            return false;
        }
        return block < last - HORIZON_BLOCKS;
    }

    private void forgetBelow(Source source, long block) {
        if (block <= 0) {
            return;
        }
        Bytes first = key(new Place(source, 0, 0));
        try (KeyValueIterator<Bytes, byte[]> old = store.range(first, key(new Place(source, block, 0)))) {
            while (old.hasNext()) {
                KeyValue<Bytes, byte[]> entry = old.next();
                store.delete(entry.key);
            }
        }
    }

    private static Bytes key(Place place) {
        byte[] topic = place.source().topic().getBytes(UTF_8);
        ByteBuffer key = ByteBuffer.allocate(1 + topic.length + 1 + Integer.BYTES + 2 * Long.BYTES);
        key.put(KIND)
                .put(topic)
                .put((byte) 0)
                .putInt(place.source().partition())
                .putLong(place.block())
                .putLong(place.part());
        return Bytes.wrap(key.array());
    }
}
