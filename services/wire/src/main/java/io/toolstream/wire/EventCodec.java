package io.toolstream.wire;

import io.toolstream.wire.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads records of the events topic, which hold one or more events. Thread-safe; reading never throws. */
public final class EventCodec {
    /** What one event is expected to need. */
    private static final int EVENT_BYTES = 384;

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

    public Decoded<List<Event>> decode(InboundRecord record) {
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        List<Event> events = new ArrayList<>();
        for (Fields event : fields.requiredObjects("events")) {
            events.add(EventJson.read(event));
        }
        Refusal refusal = problems.first();
        return refusal == null
                ? new Decoded.WellFormed<>(List.copyOf(events))
                : new Decoded.Malformed<>(refusal.message());
    }
}
