package io.toolstream.bench.stub;

/** What may be wrong with a Redis. */
public enum RedisFault {
    /** Nothing. */
    NONE,
    /** Every answer comes late, though still in time. */
    SLOW,
    /** Every answer comes too late. */
    LATE,
    /** Its process stands still, with all its connections. */
    STOPPED,
    /** Its process is gone. */
    KILLED,
    /** It loses everything, again and again. */
    FLUSHED,
    /** It takes no writes. */
    READ_ONLY
}
