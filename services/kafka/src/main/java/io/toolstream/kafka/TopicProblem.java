package io.toolstream.kafka;

/**
 * A difference between a topic as it is needed and as it is.
 *
 * @param setting what differs: {@code partitions}, {@code replication} or a config's name; {@code topic} if the topic is
 *     missing or could not be made
 * @param needed as the {@link TopicSpec} has it
 * @param actual as the broker says
 */
public record TopicProblem(String topic, Kind kind, String setting, String needed, String actual) {
    public enum Kind {
        /** There is no such topic, and it was not to be made. */
        MISSING,
        /** The broker refused to make or to describe it. */
        REFUSED,
        PARTITIONS,
        REPLICATION,
        CONFIG
    }

    /** One line for an operator. */
    public String message() {
        return "topic " + topic + ": " + setting + " is " + actual + ", needed is " + needed;
    }
}
