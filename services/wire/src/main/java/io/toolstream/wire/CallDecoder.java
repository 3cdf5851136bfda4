package io.toolstream.wire;

import io.toolstream.wire.CallPayload.Payload;
import java.util.List;

/**
 * Decodes records of the calls topic: one call, or several in {@code {"calls": […]}}, bare or as a CloudEvent. Whatever
 * comes in is answered with a value; a malformed call keeps as much of its identity as could be read. Thread-safe; never
 * throws, never blocks.
 */
public final class CallDecoder {
    private final WireLimits limits;
    private final CallPayload payloads;

    public CallDecoder(WireLimits limits) {
        this.limits = limits;
        this.payloads = new CallPayload(limits);
    }

    /** The call or calls of a record, well-formed or refused. */
    public DecodedRecord decode(InboundRecord record) {
        Problems problems = new Problems();
        CallHeaders headers = CallHeadersReader.read(record.headers(), limits);
        problems.add(headers.refusal());
        Payload payload = payloads.read(record.value(), headers, problems);
        String fallbackId = payload.eventId() != null ? payload.eventId() : idOf(record);
        CallScope scope = new CallScope(record, headers, limits, fallbackId, null);
        BatchReading batch = new BatchReading(scope, payload.fields(), problems);
        if (batch.isBatch()) {
            return batch.read();
        }
        return new DecodedRecord(List.of(new CallReading(scope, payload.fields(), problems).read()), null);
    }

    /** Made of the place where the caller put the record, also where a worker has moved it from there. */
    private static String idOf(InboundRecord record) {
        return record.headers()
                .lastText(HeaderNames.MOVED)
                .filter(id -> TextRule.ID.broken(id) == null)
                .orElseGet(() -> idAt(record.position()));
    }

    /** The id of a call that names none, read at this position. */
    public static String idAt(RecordPosition position) {
        return position.topic() + "-" + position.partition() + "-" + position.offset();
    }
}
