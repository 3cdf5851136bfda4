package io.toolstream.client;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names the calls of one client: a UUID each, unless the caller gave it an id, and a correlation id that begins with the
 * client's own prefix and goes on with a number, so that a reply tells by its header alone whether it is ours and when it
 * was asked for. Any thread.
 */
final class CallIdentities {
    private final String prefix;
    private final AtomicLong sent = new AtomicLong();

    /** @param instanceId differs between all clients that share a reply topic, also over time */
    CallIdentities(String instanceId) {
        this.prefix = instanceId + "-";
    }

    PendingCall.Identity next(ToolCall call) {
        ToolCall.Naming naming = call.naming();
        return new PendingCall.Identity(
                naming.correlationId() == null ? nextCorrelationId() : naming.correlationId(),
                naming.id() == null ? UUID.randomUUID().toString() : naming.id(),
                call.context().tenant());
    }

    String nextCorrelationId() {
        return prefix + Long.toString(sent.incrementAndGet(), Character.MAX_RADIX);
    }

    /** The number in a correlation id of ours; 0 for any other. */
    long numberOf(String correlationId) {
        if (!correlationId.startsWith(prefix)) {
            return 0;
        }
        try {
            long number = Long.parseLong(correlationId, prefix.length(), correlationId.length(), Character.MAX_RADIX);
            return Math.max(0, number);
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }

    boolean isOurs(String correlationId) {
        return correlationId.startsWith(prefix);
    }

    /** The number given last. */
    long last() {
        return sent.get();
    }
}
