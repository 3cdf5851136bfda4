package io.toolstream.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry;
import io.toolstream.wire.DeadLetterCause;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TimestampType;
import io.toolstream.wire.TopicNames;
import java.util.ArrayList;
import java.util.List;

/** What workers have left on the topics: failed calls, and what they know of tools. */
final class LetterTopics {
    private static final TopicNames NAMES = TopicNames.DEFAULT;
    private static final long NOW = 1_800_000_100_000L;

    private final FakeTopics topics;
    private int originals;

    LetterTopics(FakeTopics topics) {
        this.topics = topics;
    }

    void tool(String name, String effect) {
        topics.put(
                NAMES.catalogue(),
                0,
                new CatalogueCodec().encode(new CatalogueEntry.OfTool("fs", name, RawJson.EMPTY_OBJECT, "d", effect)));
    }

    void keepMany(String tool, int count) {
        for (int i = 0; i < count; i++) {
            keep(tool, ErrorCode.TIMED_OUT, "no answer", 5);
        }
    }

    RecordPosition keep(String tool, ErrorCode code, String message, long failedAt) {
        InboundRecord record = original(
                "{\"id\":\"c1\",\"server\":\"fs\",\"tool\":\"" + tool + "\",\"arguments\":{\"n\":1},\"timeoutMs\":50}",
                originals++ % FakeTopics.PARTITIONS);
        return keep(record, code, message, failedAt);
    }

    RecordPosition keep(InboundRecord record, ErrorCode code, String message, long failedAt) {
        return topics.put(
                NAMES.deadLetters(),
                record.position().partition(),
                new DeadLetterCodec().encode(record, new DeadLetterCause(code, message, 1, failedAt, "g")));
    }

    static InboundRecord original(String value, int partition, Header... further) {
        List<Header> headers = new ArrayList<>(List.of(
                header(HeaderNames.CORRELATION_ID, "corr-1"),
                header(HeaderNames.REPLY_TO, "team.replies"),
                header(HeaderNames.TENANT, "acme"),
                header("x-mine", "kept")));
        headers.addAll(List.of(further));
        return new InboundRecord(
                new RecordPosition(NAMES.calls(), partition, 7),
                NOW - 1_000_000,
                TimestampType.LOG_APPEND,
                "k1".getBytes(UTF_8),
                value.getBytes(UTF_8),
                new Headers(headers));
    }

    static Header header(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }
}
