package io.toolstream.wire;

import java.util.List;

/** Writes and reads records of the events topic, which hold one or more events. Thread-safe; reading never throws. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class EventCodec {
    public OutboundRecord encode(List<Event> events) {
        throw new UnsupportedOperationException("not yet");
    }

    public Decoded<List<Event>> decode(InboundRecord record) {
        throw new UnsupportedOperationException("not yet");
    }
}
