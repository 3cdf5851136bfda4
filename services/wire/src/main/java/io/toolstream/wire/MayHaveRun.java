package io.toolstream.wire;

/** What is known of whether the tool ran: {@code no}, {@code maybe} or {@code yes} on the wire. */
public enum MayHaveRun {
    NO,
    MAYBE,
    YES
}
