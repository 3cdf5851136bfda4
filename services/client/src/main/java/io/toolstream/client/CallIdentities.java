package io.toolstream.client;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Names the calls of one client: a UUID each, and a correlation id that begins with the client's own prefix, so that a
 * reply tells by its header alone whether it is ours.
 */
final class CallIdentities {
    private final String prefix;
    private final AtomicLong sent = new AtomicLong();

    /** @param instanceId differs between all clients that share a reply topic, also over time */
    CallIdentities(String instanceId) {
        this.prefix = instanceId + "-";
    }

    String prefix() {
        return prefix;
    }

    PendingCall.Identity next(@Nullable String tenant) {
        String correlationId = prefix + Long.toString(sent.incrementAndGet(), Character.MAX_RADIX);
        return new PendingCall.Identity(correlationId, UUID.randomUUID().toString(), tenant);
    }
}
