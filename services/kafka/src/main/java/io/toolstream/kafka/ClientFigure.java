package io.toolstream.kafka;

/**
 * A number that a Kafka client keeps about itself and that an operator has a use for. There are some hundred more, several of
 * them once per topic, partition and broker: these few are bounded.
 */
public enum ClientFigure {
    RECORDS_SENT("producer-metrics", "record-send-total", "Records sent"),
    RECORDS_RETRIED("producer-metrics", "record-retry-total", "Records sent again"),
    RECORDS_FAILED("producer-metrics", "record-error-total", "Records that could not be sent"),
    BYTES_SENT("producer-metrics", "outgoing-byte-total", "Bytes sent to the brokers"),
    SEND_LATENCY("producer-metrics", "request-latency-avg", "Milliseconds a request took, of late"),
    QUEUE_TIME("producer-metrics", "record-queue-time-avg", "Milliseconds a record waited to be sent, of late"),
    BUFFER_AVAILABLE("producer-metrics", "buffer-available-bytes", "Free room for records that wait to be sent"),

    RECORDS_CONSUMED("consumer-fetch-manager-metrics", "records-consumed-total", "Records read"),
    BYTES_CONSUMED("consumer-fetch-manager-metrics", "bytes-consumed-total", "Bytes read"),
    LAG(
            "consumer-fetch-manager-metrics",
            "records-lag-max",
            "Records not yet read, of the partition with most of them"),
    FETCH_LATENCY("consumer-fetch-manager-metrics", "fetch-latency-avg", "Milliseconds a fetch took, of late"),
    REBALANCES("consumer-coordinator-metrics", "rebalance-total", "Times that partitions were dealt out anew"),
    COMMIT_LATENCY("consumer-coordinator-metrics", "commit-latency-avg", "Milliseconds a commit took, of late"),
    HEARTBEAT_AGE(
            "consumer-coordinator-metrics",
            "last-heartbeat-seconds-ago",
            "Seconds since the group heard of this member");

    private final String group;
    private final String name;
    private final String description;

    ClientFigure(String group, String name, String description) {
        this.group = group;
        this.name = name;
        this.description = description;
    }

    String group() {
        return group;
    }

    String kafkaName() {
        return name;
    }

    /** What Micrometer's own binder calls it, so that existing dashboards find it. */
    public String title() {
        return "kafka." + (group.replace("-metrics", "") + "." + name).replace('-', '.');
    }

    public String description() {
        return description;
    }

    /** Whether it only grows. */
    public boolean isCount() {
        return name.endsWith("-total");
    }

    boolean isOfProducers() {
        return group.startsWith("producer");
    }
}
