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
        String fallbackId = payload.eventId() != null ? payload.eventId() : nameOf(record);
        CallScope scope = new CallScope(asSent(record), headers, limits, fallbackId, null);
        BatchReading batch = new BatchReading(scope, payload.fields(), problems);
        if (batch.isBatch()) {
            return batch.read();
        }
        return new DecodedRecord(List.of(new CallReading(scope, payload.fields(), problems).read()), null);
    }

    /** The times of members count from when the record was sent, also where it comes back for some of them. */
    private static InboundRecord asSent(InboundRecord record) {
        return record.headers().last(HeaderNames.REST).isEmpty()
                ? record
                : new InboundRecord(
                        record.position(),
                        sentMillis(record),
                        record.timestampType(),
                        record.key(),
                        record.value(),
                        record.headers());
    }

    /** When the caller sent a record: before it was parked for the first time. */
    public static long sentMillis(InboundRecord record) {
        return millis(record, HeaderNames.SENT, record.timestampMillis());
    }

    /** For how long it has waited on the parked topic, as often as it did; 0 if it never did. */
    public static long parkedMillis(InboundRecord record) {
        return millis(record, HeaderNames.PARKED_MS, 0);
    }

    /** What a header says in digits. */
    static long millis(InboundRecord record, String header, long ifAbsent) {
        return record.headers()
                .lastText(header)
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElse(ifAbsent);
    }

    /** Made of the place where the caller put the record, also where a worker has moved it from there. */
    public static String nameOf(InboundRecord record) {
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
