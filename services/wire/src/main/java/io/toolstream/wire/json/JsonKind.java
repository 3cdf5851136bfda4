package io.toolstream.wire.json;

/** The kinds of JSON values. */
public enum JsonKind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    BOOLEAN("a boolean"),
    NULL("null");

    private final String words;

    JsonKind(String words) {
        this.words = words;
    }

    /** The kind as a message names it. */
    public String words() {
        return words;
    }
}
