package io.toolstream.metrics;

/**
 * A number that Kafka Streams and its clients keep about themselves and that an operator has a use for. There are some hundred
 * more, most of them once for each thread, task, topic or processor: of these here there is one for the whole app, which is the
 * sum of what counts and the largest of what does not.
 */
enum StreamFigure {
    ALIVE_THREADS("stream-metrics", "alive-stream-threads", "Stream threads that run"),
    FAILED_THREADS("stream-metrics", "failed-stream-threads", "Stream threads that have failed and were replaced"),

    PROCESSED("stream-thread-metrics", "process-total", "Records processed"),
    PROCESS_LATENCY("stream-thread-metrics", "process-latency-avg", "Milliseconds that a record took, of late"),
    PROCESS_RATIO("stream-thread-metrics", "process-ratio", "Share of a thread's time that it processed, of late"),
    POLL_RATIO("stream-thread-metrics", "poll-ratio", "Share of a thread's time that it waited for records, of late"),
    COMMITS("stream-thread-metrics", "commit-total", "Transactions committed"),
    COMMIT_LATENCY("stream-thread-metrics", "commit-latency-avg", "Milliseconds that a commit took, of late"),
    PUNCTUATIONS("stream-thread-metrics", "punctuate-total", "Looks at what is due to be published"),
    PUNCTUATE_LATENCY("stream-thread-metrics", "punctuate-latency-avg", "Milliseconds that such a look took, of late"),
    DROPPED("stream-task-metrics", "dropped-records-total", "Records that Kafka Streams left out by itself"),
    RESTORED("stream-task-metrics", "restore-total", "Records of state read again"),

    RECORDS_CONSUMED("consumer-fetch-manager-metrics", "records-consumed-total", "Records read"),
    BYTES_CONSUMED("consumer-fetch-manager-metrics", "bytes-consumed-total", "Bytes read"),
    LAG(
            "consumer-fetch-manager-metrics",
            "records-lag-max",
            "Records not yet read, of the partition with most of them"),
    REBALANCES("consumer-coordinator-metrics", "rebalance-total", "Times that partitions were dealt out anew"),
    HEARTBEAT_AGE(
            "consumer-coordinator-metrics",
            "last-heartbeat-seconds-ago",
            "Seconds since the group heard of this member"),

    RECORDS_SENT("producer-metrics", "record-send-total", "Records sent"),
    RECORDS_RETRIED("producer-metrics", "record-retry-total", "Records sent again"),
    RECORDS_FAILED("producer-metrics", "record-error-total", "Records that could not be sent"),
    BYTES_SENT("producer-metrics", "outgoing-byte-total", "Bytes sent to the brokers");

    private final String group;
    private final String name;
    private final String description;

    StreamFigure(String group, String name, String description) {
        this.group = group;
        this.name = name;
        this.description = description;
    }

    /** Group and name of what the figure is made of. */
    String kafkaName() {
        return group + "/" + name;
    }

    /** What Micrometer's own binder calls it, so that existing dashboards find it. */
    String title() {
        return "kafka." + (group.replace("-metrics", "") + "." + name).replace('-', '.');
    }

    String description() {
        return description;
    }

    /** Whether it only grows. */
    boolean isCount() {
        return name.endsWith("-total");
    }

    double with(double known, double another) {
        return isCount() ? known + another : Math.max(known, another);
    }
}
