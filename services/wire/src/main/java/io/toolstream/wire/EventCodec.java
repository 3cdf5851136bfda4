package io.toolstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.json.JsonWriter;
import java.util.List;

/**
 * Writes and reads records of the events topic, which hold calls that ended, and how workers are. Thread-safe; reading
 * never throws.
 */
public final class EventCodec {
    /** What one event is expected to need. */
    private static final int EVENT_BYTES = 400;

    private static final int REPORT_BYTES = 256;

    private static final int SERVER_BYTES = 400;

    private static final int MAX_BYTES = 4 << 20;

    /** One record with all of these events, in their order; without a key. */
    public OutboundRecord encode(List<Event> events) {
        OurJson json = new OurJson(new JsonWriter(EVENT_BYTES * events.size()));
        json.begin();
        json.beginArray("events");
        events.forEach(event -> EventJson.write(json, event));
        json.endArray();
        return new OutboundRecord(null, json.end().toByteArray(), Headers.NONE);
    }

    /** One record with this report. Its key is the worker: all reports of one worker stand in one partition, in order. */
    public OutboundRecord encode(StateReport report) {
        int bytes = REPORT_BYTES + SERVER_BYTES * report.servers().size();
        OurJson json = new OurJson(new JsonWriter(bytes));
        json.begin();
        json.beginArray("reports");
        StateReportJson.write(json, report);
        json.endArray();
        return new OutboundRecord(report.worker().getBytes(UTF_8), json.end().toByteArray(), Headers.NONE);
    }

    public Decoded<EventsRecord> decode(InboundRecord record) {
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        List<StateReport> reports = fields.has("reports")
                ? fields.requiredObjects("reports").stream()
                        .map(StateReportJson::read)
                        .toList()
                : List.of();
        List<Event> events = fields.has("events") || reports.isEmpty()
                ? fields.requiredObjects("events").stream().map(EventJson::read).toList()
                : List.of();
        Refusal refusal = problems.first();
        return refusal == null
                ? new Decoded.WellFormed<>(new EventsRecord(events, reports))
                : new Decoded.Malformed<>(refusal.message());
    }
}
