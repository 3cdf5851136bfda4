package io.toolstream.settings;

/** What a process writes to stderr, and how. */
public record LogSettings(Level level, Format format) {
    public static final LogSettings DEFAULT = new LogSettings(Level.INFO, Format.AUTO);

    /** Of our own code; libraries stay at warnings unless this is {@code debug} or {@code trace}. */
    public enum Level {
        OFF,
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** How one event looks. */
    public enum Format {
        /** Text on a terminal, JSON otherwise. */
        AUTO,
        TEXT,
        JSON
    }
}
