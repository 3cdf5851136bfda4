package io.toolstream.metrics.stream;

/** What happens in the topology, for those who count it. Called on stream threads; must not block or throw. */
public interface StreamNews {
    StreamNews IGNORED = new StreamNews() {};

    /** Calls counted for the first time, and calls that were counted before. */
    default void counted(long calls, long again) {}

    /** A record that could not be read was left out. */
    default void unreadable() {}

    /** Calls that came when their window had been forgotten. */
    default void tooLate(long calls) {}

    /** The figures of a window were written. */
    default void published(boolean isFinal) {}
}
