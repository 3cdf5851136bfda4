package io.toolstream.wire;

import java.util.Optional;

/** Who set the timestamp of a record; the texts are Kafka's own names. */
public enum TimestampType {
    NONE("NoTimestampType"),
    CREATE("CreateTime"),
    LOG_APPEND("LogAppendTime");

    private final String text;

    TimestampType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The type of this name, if any. */
    public static Optional<TimestampType> ofText(String text) {
        return Words.find(values(), TimestampType::text, text);
    }
}
