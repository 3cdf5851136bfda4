package io.toolstream.bench.stub;

/** What may be wrong with a tool server. */
public enum Fault {
    /** Nothing: it answers after its time. */
    NONE,
    /** Nobody listens on its port, and its connections are closed. */
    DEAD,
    /** It takes every request and answers none. */
    HUNG,
    /** It resets the connection when a request comes. */
    RESETTING,
    /** It answers, a byte each second. */
    DRIPPING
}
