package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * The SHA-256 of a tool's definition, whatever the order of its members and the white space between them; {@code _meta} at
 * its root does not count. Numbers count as they are written. Any thread; never throws.
 */
public final class DefinitionDigest {
    private static final JsonFactory FACTORY = JsonCursor.factory(500);

    private DefinitionDigest() {}

    /** In hexadecimal digits; of the bytes as they are where they are no JSON. */
    public static String of(JsonSlice definition) {
        byte[] canonical;
        try (JsonCursor cursor =
                new JsonCursor(FACTORY, definition.array(), definition.offset(), definition.length())) {
            cursor.next();
            StringBuilder out = new StringBuilder(definition.length());
            append(cursor, out, true);
            canonical = out.toString().getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            canonical = definition.text().getBytes(StandardCharsets.UTF_8);
        }
        return HexFormat.of().formatHex(sha256(canonical));
    }

    private static void append(JsonCursor cursor, StringBuilder out, boolean isRoot) {
        if (cursor.atObject()) {
            object(cursor, out, isRoot);
        } else if (cursor.atArray()) {
            out.append('[');
            for (JsonToken token = cursor.next(); token != JsonToken.END_ARRAY; token = cursor.next()) {
                append(cursor, out, false);
                out.append(',');
            }
            out.append(']');
        } else {
            scalar(cursor, out);
        }
    }

    /** Texts by what they say, since there are several ways to write one. */
    private static void scalar(JsonCursor cursor, StringBuilder out) {
        JsonSlice slice = cursor.slice();
        String raw = slice.text();
        out.append(raw.startsWith("\"") ? quoted(String.valueOf(cursor.text())) : raw);
    }

    private static void object(JsonCursor cursor, StringBuilder out, boolean isRoot) {
        Map<String, String> members = new TreeMap<>();
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            StringBuilder value = new StringBuilder();
            append(cursor, value, false);
            if (!isRoot || !name.equals("_meta")) {
                members.merge(name, value.toString(), (one, other) -> one + "|" + other);
            }
        }
        out.append('{');
        members.forEach((name, value) ->
                out.append(quoted(name)).append(':').append(value).append(','));
        out.append('}');
    }

    private static String quoted(String text) {
        return new String(new JsonBuffer(text.length() + 2).text(text).toBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
