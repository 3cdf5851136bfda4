package io.toolstream.testkit;

/** What becomes of those who connect. */
public enum Accepting {
    /** They are served. */
    NORMAL,
    /** The port is closed: the system refuses them. */
    REFUSED,
    /** They are connected, and reset at once. */
    RESET,
    /** They are connected, and reset when their first bytes come: over TLS, in the handshake. */
    RESET_ON_BYTES,
    /** They are connected, and nothing is ever read or written. */
    SILENT
}
