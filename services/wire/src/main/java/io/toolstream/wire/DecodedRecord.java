package io.toolstream.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the calls topic after decoding.
 *
 * @param calls one, or the members of a {@code {"calls": […]}} record that are left, in order; never empty
 * @param batch set for a {@code {"calls"}} record: the identity of the reply that closes it
 */
public record DecodedRecord(
        List<DecodedCall> calls, @Nullable BatchClosing batch) {
    public DecodedRecord {
        calls = List.copyOf(calls);
    }

    /**
     * The closing reply of a batch record: its id, size and route (the record's own correlation id).
     *
     * @param members the bytes of each member that is left, in order, for the dead letters of failed ones
     * @param rest which members those are, of {@code size} in all, and how the others ended
     */
    public record BatchClosing(String id, int size, ReplyRoute route, List<RawJson> members, BatchRest rest) {
        public BatchClosing {
            members = List.copyOf(members);
        }
    }
}
