package io.toolstream.testkit;

/** Which id an answer carries. */
public enum IdEcho {
    /** The request's. */
    RIGHT,
    /** One that nobody asked with. */
    WRONG,
    /** The request's in quotation marks: text instead of a number. */
    TEXT,
    /** {@code null}. */
    NULL,
    /** The request's, and the whole answer is sent twice. */
    TWICE
}
