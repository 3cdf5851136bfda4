package io.toolstream.client;

import io.toolstream.wire.BatchReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Records of several calls that are not closed yet, by the correlation id of their closing reply. Bounded: where closings
 * stay away, the oldest record is no longer waited for. Any thread; guarded by this object's lock.
 */
final class OpenRecords {
    private static final int MOST = 10_000;

    private final Map<String, Consumer<BatchReply>> byCorrelationId = new LinkedHashMap<>();

    /** @param onClosing hears of it once, on the tail's thread; must not block */
    synchronized void open(String correlationId, Consumer<BatchReply> onClosing) {
        byCorrelationId.put(correlationId, onClosing);
        if (byCorrelationId.size() > MOST) {
            forget(byCorrelationId.keySet().iterator().next());
        }
    }

    synchronized boolean isOpen(String correlationId) {
        return byCorrelationId.containsKey(correlationId);
    }

    /** Who is to hear of the closing, once. */
    synchronized Optional<Consumer<BatchReply>> close(String correlationId) {
        return Optional.ofNullable(byCorrelationId.remove(correlationId));
    }

    /** Nobody waits for its closing any more. */
    synchronized void forget(String correlationId) {
        byCorrelationId.remove(correlationId);
    }
}
