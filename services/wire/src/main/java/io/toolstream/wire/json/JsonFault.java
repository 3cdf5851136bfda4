package io.toolstream.wire.json;

/** What is wrong with a JSON text: the kind, and where and what in one sentence that quotes nothing of its values. */
public record JsonFault(Kind kind, String message) {
    /** The kinds of faults. */
    public enum Kind {
        EMPTY,
        MALFORMED,
        TRAILING,
        NOT_AN_OBJECT,
        DUPLICATE_NAME,
        TOO_DEEP,
        TOO_MANY_TOKENS,
        NAME_TOO_LONG,
        NUMBER_TOO_LONG
    }
}
