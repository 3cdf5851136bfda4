package io.toolstream.it.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.settings.Effect;
import org.jspecify.annotations.Nullable;

/**
 * A call that a broker has acknowledged.
 *
 * @param token stands in its arguments; calls of one token are the same one, by their idempotency key
 * @param orderingKey if it asks for order
 * @param isAtHome whether it was put on the partition of its key, and so is answered where it stands
 */
record SentCall(
        String id, Effect effect, String token, @Nullable String orderingKey, Place place, boolean isAtHome) {
    record Place(int partition, long offset) {}

    static String arguments(String token) {
        return "{\"token\":\"" + token + "\"}";
    }

    /** Of its record. */
    byte[] value() {
        return ("{\"id\":\"" + id + "\",\"server\":\"tools\",\"tool\":\"" + tool() + "\",\"arguments\":"
                        + arguments(token) + "}")
                .getBytes(UTF_8);
    }

    String tool() {
        return switch (effect) {
            case READ -> "get";
            case IDEMPOTENT -> "put";
            case ONCE -> "pay";
        };
    }
}
