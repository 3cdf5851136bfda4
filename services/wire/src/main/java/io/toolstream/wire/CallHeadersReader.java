package io.toolstream.wire;

import static io.toolstream.wire.HeaderNames.BAGGAGE;
import static io.toolstream.wire.HeaderNames.CE_ID;
import static io.toolstream.wire.HeaderNames.CONTENT_TYPE;
import static io.toolstream.wire.HeaderNames.CORRELATION_ID;
import static io.toolstream.wire.HeaderNames.DEADLINE;
import static io.toolstream.wire.HeaderNames.IDEMPOTENCY_KEY;
import static io.toolstream.wire.HeaderNames.KAFKA_CORRELATION_ID;
import static io.toolstream.wire.HeaderNames.KAFKA_REPLY_PARTITION;
import static io.toolstream.wire.HeaderNames.KAFKA_REPLY_TOPIC;
import static io.toolstream.wire.HeaderNames.ORDERING_KEY;
import static io.toolstream.wire.HeaderNames.PRIORITY;
import static io.toolstream.wire.HeaderNames.REPLY_PARTITION;
import static io.toolstream.wire.HeaderNames.REPLY_TO;
import static io.toolstream.wire.HeaderNames.TENANT;
import static io.toolstream.wire.HeaderNames.TRACEPARENT;
import static io.toolstream.wire.HeaderNames.TRACESTATE;
import static io.toolstream.wire.HeaderNames.VERSION;

import io.toolstream.wire.json.Quoted;
import io.toolstream.wire.json.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the headers of one record of the calls topic; of headers that repeat, the last counts. */
final class CallHeadersReader {
    static final int CORRELATION_BYTES = 128;

    /** The longest name a topic can have. */
    private static final int TOPIC_CHARS = 249;

    private static final Set<String> OURS = Set.of(
            CORRELATION_ID,
            REPLY_TO,
            REPLY_PARTITION,
            DEADLINE,
            IDEMPOTENCY_KEY,
            ORDERING_KEY,
            TENANT,
            PRIORITY,
            VERSION,
            KAFKA_CORRELATION_ID,
            KAFKA_REPLY_TOPIC,
            KAFKA_REPLY_PARTITION);

    /** Near-misses of these harm nobody: they are read where they are, and otherwise left alone. */
    private static final Set<String> CARRIED =
            Set.of(TRACEPARENT, TRACESTATE, BAGGAGE, CONTENT_TYPE, "Content-Type", CE_ID);

    private static final NearMisses NEAR_MISSES = new NearMisses(OURS).also("timeoutms", DEADLINE);

    private final Headers headers;
    private final WireLimits limits;
    private final Map<String, Header> last = new HashMap<>();
    private final Problems problems = new Problems();
    private boolean isWithinLimits;

    private CallHeadersReader(Headers headers, WireLimits limits) {
        this.headers = headers;
        this.limits = limits;
    }

    static CallHeaders read(Headers headers, WireLimits limits) {
        return new CallHeadersReader(headers, limits).read();
    }

    private CallHeaders read() {
        isWithinLimits = checkLimits();
        headers.forEach(this::sort);
        checkVersion();
        String contentType = carriedText(CONTENT_TYPE);
        return new CallHeaders(
                forReply(),
                forCall(),
                new TraceContext(carriedText(TRACEPARENT), carriedText(TRACESTATE), carriedText(BAGGAGE)),
                contentType == null ? null : contentType.toLowerCase(Locale.ROOT),
                text(CE_ID, TextRule.ID),
                problems.first());
    }

    private boolean checkLimits() {
        int count = headers.all().size();
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.name().length() + header.value().length;
        }
        if (count > limits.headerCount()) {
            problems.add(
                    ErrorCode.INVALID_HEADER,
                    "the record has " + count + " headers, at most " + limits.headerCount() + " expected");
        } else if (bytes > limits.headerBytes()) {
            problems.add(
                    ErrorCode.INVALID_HEADER,
                    "the record has " + bytes + " bytes of headers, at most " + limits.headerBytes() + " expected");
        }
        return problems.first() == null;
    }

    private void sort(Header header) {
        String name = header.name();
        if (OURS.contains(name)) {
            last.put(name, header);
        } else if (CARRIED.contains(name)) {
            last.put(name.equals("Content-Type") ? CONTENT_TYPE : name, header);
        } else {
            String near = NEAR_MISSES.nearest(name);
            if (near != null) {
                problems.add(
                        ErrorCode.MISSPELT_HEADER,
                        "header " + Quoted.of(name) + " would be ignored: did you mean \"" + near + "\"?");
            }
        }
    }

    private void checkVersion() {
        String version = text(VERSION, TextRule.OPAQUE);
        if (version != null && !version.equals("1")) {
            problems.add(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "header \"" + VERSION + "\" is " + Quoted.of(version) + ", expected \"1\"");
        }
    }

    private CallHeaders.ForReply forReply() {
        return new CallHeaders.ForReply(
                correlationId(),
                replyTopic(),
                replyPartition(),
                echoed(CORRELATION_ID, KAFKA_CORRELATION_ID),
                echoed(TRACEPARENT, TRACESTATE, BAGGAGE));
    }

    private byte @Nullable [] correlationId() {
        Header header = ours(CORRELATION_ID, KAFKA_CORRELATION_ID);
        if (header == null) {
            return null;
        }
        int length = header.value().length;
        if (length == 0 || length > CORRELATION_BYTES) {
            problems.add(
                    ErrorCode.INVALID_CORRELATION_ID,
                    "header \"" + header.name() + "\" has " + length + " bytes, expected 1 to " + CORRELATION_BYTES);
            return null;
        }
        return header.value();
    }

    /** As asked for: whether it may be used is not decided here, so that a forbidden topic is not replaced by the default. */
    private @Nullable String replyTopic() {
        Header header = ours(REPLY_TO, KAFKA_REPLY_TOPIC);
        if (header == null) {
            return null;
        }
        String topic = new String(header.value(), StandardCharsets.UTF_8);
        if (topic.isEmpty() || topic.length() > TOPIC_CHARS) {
            problems.add(
                    ErrorCode.INVALID_HEADER,
                    "header \"" + header.name() + "\" has " + topic.length() + " characters, expected 1 to "
                            + TOPIC_CHARS);
            return topic.substring(0, Math.min(topic.length(), TOPIC_CHARS + 1));
        }
        return topic;
    }

    private @Nullable Integer replyPartition() {
        Header header = ours(REPLY_PARTITION, KAFKA_REPLY_PARTITION);
        if (header == null) {
            return null;
        }
        byte[] value = header.value();
        boolean mayBeBinary = header.name().equals(KAFKA_REPLY_PARTITION);
        Long partition = mayBeBinary && value.length == Integer.BYTES && !isDigits(value)
                ? Long.valueOf(ByteBuffer.wrap(value).getInt())
                : digits(value);
        if (partition == null || partition < 0 || partition > Integer.MAX_VALUE) {
            problems.add(
                    ErrorCode.INVALID_HEADER,
                    "header \"" + header.name() + "\" is no partition, expected digits"
                            + (mayBeBinary ? " or 4 bytes, big-endian" : ""));
            return null;
        }
        return partition.intValue();
    }

    private CallHeaders.ForCall forCall() {
        return new CallHeaders.ForCall(
                deadline(),
                text(IDEMPOTENCY_KEY, TextRule.KEY),
                text(ORDERING_KEY, TextRule.KEY),
                text(TENANT, TextRule.NAME),
                priority());
    }

    private @Nullable Long deadline() {
        Header header = last.get(DEADLINE);
        if (header == null) {
            return null;
        }
        Long deadline = digits(header.value());
        if (deadline == null) {
            problems.add(
                    ErrorCode.INVALID_DEADLINE, "header \"" + DEADLINE + "\" is no time, expected epoch ms in digits");
        }
        return deadline;
    }

    private @Nullable Priority priority() {
        String text = text(PRIORITY, TextRule.OPAQUE);
        if (text == null) {
            return null;
        }
        Priority priority = Priority.ofText(text).orElse(null);
        if (priority == null) {
            problems.add(
                    ErrorCode.INVALID_HEADER,
                    "header \"" + PRIORITY + "\" is " + Quoted.of(text) + ", expected one of "
                            + Words.all(Priority.values(), Priority::text));
        }
        return priority;
    }

    private @Nullable Header ours(String name, String alias) {
        Header header = last.get(name);
        return header == null ? last.get(alias) : header;
    }

    private List<Header> echoed(String... names) {
        List<Header> echoed = new ArrayList<>(names.length);
        for (String name : names) {
            Header header = last.get(name);
            if (header != null && (isWithinLimits || header.value().length <= CORRELATION_BYTES)) {
                echoed.add(header);
            }
        }
        return echoed;
    }

    private @Nullable String text(String name, TextRule rule) {
        Header header = last.get(name);
        if (header == null) {
            return null;
        }
        String text = Utf8.text(header.value());
        String broken = text == null ? "is not UTF-8" : rule.broken(text);
        if (broken != null) {
            problems.add(ErrorCode.INVALID_HEADER, "header \"" + name + "\" " + broken);
            return null;
        }
        return text;
    }

    /** Text that is carried and judged by others. */
    private @Nullable String carriedText(String name) {
        Header header = last.get(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static @Nullable Long digits(byte[] value) {
        return value.length > 0 && value.length <= 18 && isDigits(value)
                ? Long.valueOf(new String(value, StandardCharsets.US_ASCII))
                : null;
    }

    private static boolean isDigits(byte[] value) {
        for (byte b : value) {
            if (b < '0' || b > '9') {
                return false;
            }
        }
        return true;
    }
}
