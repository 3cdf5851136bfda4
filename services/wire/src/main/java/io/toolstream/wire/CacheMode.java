package io.toolstream.wire;

/** What a caller wants of the result cache; lower case on the wire. */
public enum CacheMode {
    USE,
    BYPASS,
    REFRESH
}
