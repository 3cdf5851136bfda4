package io.toolstream.wire;

/**
 * The names of record headers, ours and those of others that we read or write. Ours are lower case with hyphens; all
 * values are UTF-8 text unless said.
 */
public final class HeaderNames {
    /** Up to 128 opaque bytes, echoed byte for byte. */
    public static final String CORRELATION_ID = "correlation-id";

    /** The topic of the reply. */
    public static final String REPLY_TO = "reply-to";

    public static final String REPLY_PARTITION = "reply-partition";

    /** Epoch ms in digits. */
    public static final String DEADLINE = "deadline";

    public static final String IDEMPOTENCY_KEY = "idempotency-key";
    public static final String ORDERING_KEY = "ordering-key";
    public static final String TENANT = "tenant";
    public static final String PRIORITY = "priority";
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";
    public static final String BAGGAGE = "baggage";

    /** The version of the contract; {@code 1}. */
    public static final String VERSION = "toolstream-version";

    /** On replies and dead letters: the text of a {@link Status}, or {@code batch} on a {@link BatchReply}. */
    public static final String STATUS = "toolstream-status";

    /** On replies: {@code true} or {@code false}. */
    public static final String FINAL = "toolstream-final";

    /** On dead letters: the text of an {@link ErrorCode}. */
    public static final String ERROR_CODE = "toolstream-error-code";

    public static final String ERROR_MESSAGE = "toolstream-error-message";

    /** On dead letters: how often the tool server was asked, in digits. */
    public static final String ATTEMPTS = "toolstream-attempts";

    /** On dead letters: epoch ms in digits. */
    public static final String FIRST_FAILURE = "toolstream-first-failure";

    /** On dead letters: the index of the failed member of a {@code {"calls"}} record, in digits. */
    public static final String MEMBER = "toolstream-member";

    /** On a replayed call: the position of the dead letter it was made from. */
    public static final String REPLAY_OF = "toolstream-replay-of";

    /** On a replayed call: how often it was replayed so far, in digits. */
    public static final String REPLAYS = "toolstream-replays";

    /** On a call that a worker moved to the partition of its key, once: the id it has where it names none. */
    public static final String MOVED = "toolstream-moved";

    /** On a call that waited on the parked topic: how often it did, in digits. */
    public static final String PARKED = "toolstream-parked";

    /** On a call that waited on the parked topic: how long it did, all in all, in ms and digits. */
    public static final String PARKED_MS = "toolstream-parked-ms";

    /** On a call that was parked: epoch ms at which its caller sent it, in digits. */
    public static final String SENT = "toolstream-sent";

    /** On a record of several calls that comes back for some of them: which, and how the others ended. */
    public static final String REST = "toolstream-rest";

    /** On a call that comes back from the parked topic though what was noted of it cannot be read: why, in a word. It is answered and not run. */
    public static final String UNREAD = "toolstream-unread";

    /** Spring and NestJS: the same as {@link #CORRELATION_ID}. */
    public static final String KAFKA_CORRELATION_ID = "kafka_correlationId";

    /** Spring and NestJS: the same as {@link #REPLY_TO}. */
    public static final String KAFKA_REPLY_TOPIC = "kafka_replyTopic";

    /** Spring (4 bytes, big-endian) and NestJS (digits): the same as {@link #REPLY_PARTITION}. */
    public static final String KAFKA_REPLY_PARTITION = "kafka_replyPartition";

    public static final String CONTENT_TYPE = "content-type";

    /** CloudEvents, binary mode: the event's id. */
    public static final String CE_ID = "ce_id";

    public static final String DLT_ORIGINAL_TOPIC = "kafka_dlt-original-topic";

    /** 4 bytes, big-endian. */
    public static final String DLT_ORIGINAL_PARTITION = "kafka_dlt-original-partition";

    /** 8 bytes, big-endian. */
    public static final String DLT_ORIGINAL_OFFSET = "kafka_dlt-original-offset";

    /** Epoch ms in 8 bytes, big-endian. */
    public static final String DLT_ORIGINAL_TIMESTAMP = "kafka_dlt-original-timestamp";

    /** The text of a {@link TimestampType}. */
    public static final String DLT_ORIGINAL_TIMESTAMP_TYPE = "kafka_dlt-original-timestamp-type";

    public static final String DLT_ORIGINAL_CONSUMER_GROUP = "kafka_dlt-original-consumer-group";
    public static final String DLT_EXCEPTION_FQCN = "kafka_dlt-exception-fqcn";
    public static final String DLT_EXCEPTION_MESSAGE = "kafka_dlt-exception-message";

    private HeaderNames() {}
}
