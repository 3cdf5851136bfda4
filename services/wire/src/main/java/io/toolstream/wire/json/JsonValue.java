package io.toolstream.wire.json;

/**
 * One value and where it stands, in an array which is not copied and must not be changed.
 *
 * @param text a string's content, or a number or literal as written; empty for objects and arrays
 */
public record JsonValue(JsonKind kind, byte[] array, int offset, int length, String text) {
    JsonValue(JsonKind kind, JsonSpan span, String text) {
        this(kind, span.array(), span.offset(), span.length(), text);
    }

    /** Its bytes; of few values they are asked for. */
    public JsonSpan span() {
        return new JsonSpan(array, offset, length);
    }

    @Override
    public String toString() {
        return "JsonValue[" + kind + ", " + length + " bytes]";
    }
}
