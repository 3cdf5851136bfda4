package io.toolstream.wire.json;

/**
 * One value and where it stands.
 *
 * @param text a string's content, or a number or literal as written; empty for objects and arrays
 */
public record JsonValue(JsonKind kind, JsonSpan span, String text) {
    @Override
    public String toString() {
        return "JsonValue[" + kind + ", " + span.length() + " bytes]";
    }
}
