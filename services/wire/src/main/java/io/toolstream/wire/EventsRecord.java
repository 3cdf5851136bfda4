package io.toolstream.wire;

import java.util.List;

/** What one record of the events topic holds: calls that ended, or how a worker is, or both. */
public record EventsRecord(List<Event> events, List<StateReport> reports) {
    public EventsRecord {
        events = List.copyOf(events);
        reports = List.copyOf(reports);
    }
}
