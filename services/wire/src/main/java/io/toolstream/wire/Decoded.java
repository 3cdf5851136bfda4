package io.toolstream.wire;

/** What a codec made of a record: the value, or the reason why there is none. */
public sealed interface Decoded<T> {
    /** A well-formed record. */
    record WellFormed<T>(T value) implements Decoded<T> {}

    /** A record that is not what the topic holds; {@code why} names the place and what was expected. */
    record Malformed<T>(String why) implements Decoded<T> {}
}
