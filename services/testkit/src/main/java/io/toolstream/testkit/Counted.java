package io.toolstream.testkit;

/** What the server counts. */
public enum Counted {
    /** Connections accepted, ever. */
    SOCKETS,
    /** HTTP requests or stdio messages, of any kind. */
    MESSAGES,
    INITIALIZE,
    PING,
    /** Pages of {@code tools/list}. */
    LIST,
    /** {@code tools/call} received. */
    CALL,
    /** The most calls that were being executed at the same time. */
    MAX_OVERLAP,
    /** {@code notifications/cancelled}. */
    CANCELLED,
    /** Sessions opened, ever. */
    SESSIONS,
    /** Sessions that the client ended. */
    SESSIONS_DELETED,
    /** Answers to requests of the server's own. */
    CLIENT_ANSWERS,
    /** HTTP requests whose clients left before they were answered. */
    ABANDONED,
    /** Event streams that clients took up again, or tried to. */
    RESUMED,
    /** Streams opened for what the server says by itself. */
    STREAMS,
    /** {@code server/discover}. */
    DISCOVER
}
