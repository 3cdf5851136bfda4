package io.toolstream.metrics.stream;

import io.toolstream.wire.Event;
import io.toolstream.wire.Event.Ending;
import io.toolstream.wire.Event.Origin;
import io.toolstream.wire.Event.Subject;
import io.toolstream.wire.Event.Times;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes events, each of another call unless said otherwise. */
final class Events {
    static final Ending OK = new Ending(Status.OK, null, 1, "none", true, false);
    static final Ending TIMED_OUT = new Ending(Status.FAILED, "timed-out", 3, "none", true, true);
    static final Ending UNKNOWN_TOOL = new Ending(Status.REJECTED, "unknown-tool", 0, "none", true, true);

    private final AtomicLong offset = new AtomicLong();

    Event event(String server, String tool, long atMillis) {
        return event(server, tool, OK, 20_000, atMillis);
    }

    Event event(String server, String tool, Ending ending, long executeMicros, long atMillis) {
        return event(origin(offset.getAndIncrement(), null), server, tool, ending, executeMicros, atMillis);
    }

    static Event event(Origin origin, String server, String tool, Ending ending, long executeMicros, long atMillis) {
        return new Event(
                origin,
                new Subject("c-" + origin.position().offset(), server, tool, null, Priority.INTERACTIVE),
                ending,
                new Times(2_000, executeMicros, 2_000 + executeMicros, 0),
                "worker-1",
                atMillis);
    }

    static Origin origin(long offset, @Nullable Integer member) {
        return new Origin(new RecordPosition("toolstream.calls", 3, offset), member);
    }
}
