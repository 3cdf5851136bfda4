package io.toolstream.wire;

import io.toolstream.wire.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Correlation ids as text, for JSON and for eyes; where bytes are wanted, the header {@code correlation-id} has them. */
public final class CorrelationIds {
    private static final String BASE64 = "base64:";

    private CorrelationIds() {}

    /** The bytes read as UTF-8 where they are that, else {@code base64:…}. */
    public static String text(byte[] correlationId) {
        String text = Utf8.text(correlationId);
        return text != null ? text : BASE64 + Base64.getEncoder().encodeToString(correlationId);
    }

    /** The bytes that {@link #text} was most likely made from: text that happens to begin with {@code base64:} is taken for such. */
    public static byte[] bytes(String text) {
        if (text.startsWith(BASE64)) {
            try {
                return Base64.getDecoder().decode(text.substring(BASE64.length()));
            } catch (IllegalArgumentException ordinaryText) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
