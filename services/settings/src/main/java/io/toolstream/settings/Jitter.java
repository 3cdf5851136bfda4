package io.toolstream.settings;

/** How the wait before another attempt is spread. */
public enum Jitter {
    /** Not at all: the wait is what it is. */
    NONE,
    /** Evenly between nothing and the wait. */
    FULL
}
