package io.toolstream.worker.invoke;

import io.toolstream.kafka.Lease;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * Where a call came from.
 *
 * @param record as it was read, untouched
 * @param lease whether this worker still holds the record's partition
 * @param member which member of a {@code {"calls"}} record, null for a record that is one call
 */
public record Origin(
        InboundRecord record, Lease lease, @Nullable Member member) {
    /** One member of a {@code {"calls"}} record: {@code index} from 0, {@code value} its bytes. */
    public record Member(int index, RawJson value) {}

    /** Position and member, for people to read. */
    public String title() {
        return member == null ? record.position().toString() : record.position() + "/" + member.index();
    }
}
