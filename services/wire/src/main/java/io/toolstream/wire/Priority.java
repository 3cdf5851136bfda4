package io.toolstream.wire;

/** How urgent a call is; lower case on the wire. */
public enum Priority {
    INTERACTIVE,
    BATCH,
    REPLAY
}
