package io.toolstream.wire;

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
}
