package io.toolstream.testkit;

/** Which id an answer carries. */
public enum IdEcho {
    /** The request's. */
    RIGHT,
    /** One that nobody asked with. */
    WRONG,
    /** The request's, and the whole answer is sent twice. */
    TWICE
}
