package io.toolstream.testkit.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value together with its text as it was written. */
public sealed interface Json {
    /** The text as it came, without the white space around it. */
    String raw();

    record JsonObject(Map<String, Json> members, String raw) implements Json {}

    record JsonArray(List<Json> items, String raw) implements Json {}

    record JsonText(String value, String raw) implements Json {}

    record JsonNumber(String raw) implements Json {}

    /** {@code true}, {@code false} or {@code null}. */
    record JsonLiteral(String raw) implements Json {}

    /** Reads one value that fills the whole text; refuses duplicate member names. */
    static Json parse(String text) {
        return new JsonParser(text).parseAll();
    }

    /** A member of an object; empty for other kinds and for absent members. */
    default Optional<Json> member(String name) {
        return this instanceof JsonObject object
                ? Optional.ofNullable(object.members().get(name))
                : Optional.empty();
    }

    /** The value of a string member. */
    default Optional<String> text(String name) {
        return member(name).filter(JsonText.class::isInstance).map(value -> ((JsonText) value).value());
    }

    /** The value of a whole-number member. */
    default Optional<Long> number(String name) {
        return member(name).filter(JsonNumber.class::isInstance).map(value -> Long.parseLong(value.raw()));
    }

    /** A string as JSON text. */
    static String quote(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
