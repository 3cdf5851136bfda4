package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.POSITION;
import static io.toolstream.wire.CallRecords.TIMESTAMP;
import static io.toolstream.wire.CallRecords.received;
import static io.toolstream.wire.CallRecords.record;
import static io.toolstream.wire.CallRecords.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends the published examples through the codecs of their kind. */
final class ExampleCodecs {
    private static final ReplyCodec REPLIES = new ReplyCodec(WireLimits.DEFAULT);
    private static final EventCodec EVENTS = new EventCodec();
    private static final MetricsCodec METRICS = new MetricsCodec();
    private static final CancelCodec CANCELS = new CancelCodec();
    private static final CatalogueCodec CATALOGUE = new CatalogueCodec();
    private static final DeadLetterCodec DEAD_LETTERS = new DeadLetterCodec();
    private static final ReplyRoute ROUTE = new ReplyRoute(utf8("k"), null, null, List.of());

    /** Reads numbers as they are, so that trees are equal only where numbers are. */
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ExampleCodecs() {}

    /** Why the codec of this kind refuses this JSON, or null where it does not. */
    static @Nullable String refusal(String kind, byte[] json) {
        return switch (kind) {
            case "call", "calls-record" -> refusal(CallRecords.decode(record(json)));
            case "headers" ->
                refusal(CallRecords.decode(
                        new InboundRecord(POSITION, TIMESTAMP, null, utf8("{\"tool\":\"t\"}"), headers(json))));
            case "reply", "batch-reply" ->
                REPLIES.decode(record(json)) instanceof DecodedReply.Malformed malformed ? malformed.why() : null;
            case "dead-letter-headers" -> refusal(DEAD_LETTERS.decode(deadLetter(json)));
            case "metrics" -> refusal(METRICS.decode(record(json)));
            case "event" -> refusal(EVENTS.decode(record(json)));
            case "cancel" -> refusal(CANCELS.decode(record(json)));
            case "catalogue" -> refusal(CATALOGUE.decode(keyed(json)));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static @Nullable String refusal(DecodedRecord decoded) {
        return decoded.calls().stream()
                .filter(DecodedCall.Malformed.class::isInstance)
                .map(call -> CallRecords.malformed(call).refusal().message())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String refusal(Decoded<?> decoded) {
        return decoded instanceof Decoded.Malformed<?> malformed ? malformed.why() : null;
    }

    static void checkRoundTrip(String kind, byte[] json) {
        switch (kind) {
            case "call" -> checkCall(json);
            case "calls-record" -> checkCallsRecord(json);
            case "headers", "dead-letter-headers" ->
                assertThat(refusal(kind, json)).isNull();
            case "reply-headers" -> checkReplyHeaders(json);
            case "reply" -> {
                Reply reply = reply(json);
                assertSame(json, REPLIES.encode(reply, ROUTE));
                assertUntouched(json, Stream.of(reply.result(), reply.meta()));
            }
            case "batch-reply" -> {
                DecodedReply decoded = REPLIES.decode(record(json));
                assertThat(decoded).isInstanceOf(DecodedReply.Closing.class);
                assertSame(json, REPLIES.encode(((DecodedReply.Closing) decoded).reply(), ROUTE));
            }
            case "event" -> checkEvents(json);
            case "metrics" -> assertSame(json, METRICS.encode(value(METRICS.decode(record(json)))));
            case "cancel" -> assertSame(json, CANCELS.encode(value(CANCELS.decode(record(json)))));
            case "catalogue" -> checkCatalogue(json);
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private static void checkCall(byte[] json) {
        Call call = CallRecords.call(record(json));
        assertThat(CallRecords.call(received(new CallEncoder().encode(call)))).isEqualTo(withHeader(call));
        JsonNode arguments = EXACT.readTree(json).path("arguments");
        if (arguments.isObject()) {
            assertUntouched(json, Stream.of(call.arguments()));
            assertThat(EXACT.readTree(call.arguments().toByteArray())).isEqualTo(arguments);
        } else {
            String text = arguments.isString() ? arguments.stringValue() : "";
            assertThat(call.arguments().text()).isEqualTo(text.isBlank() ? "{}" : text);
        }
        assertUntouched(
                json,
                Stream.of(
                        call.context().meta(),
                        call.context().conversation(),
                        call.options().inputResponses()));
    }

    /** The call as it is read where its correlation id comes in a header, as the encoder writes it. */
    private static Call withHeader(Call call) {
        byte[] id = call.route().correlationId();
        ReplyRoute route = new ReplyRoute(id, null, null, List.of(new Header(HeaderNames.CORRELATION_ID, id)));
        return new Call(call.id(), call.target(), call.arguments(), route, call.options(), call.context());
    }

    private static void checkCallsRecord(byte[] json) {
        DecodedRecord decoded = CallRecords.decode(record(json));
        assertThat(refusal(decoded)).isNull();
        DecodedRecord.BatchClosing closing = requireNonNull(decoded.batch());
        assertUntouched(json, closing.members().stream());
        List<Call> calls = decoded.calls().stream()
                .map(call -> ((DecodedCall.WellFormed) call).call())
                .toList();
        assertUntouched(
                json, calls.stream().map(Call::arguments).filter(arguments -> !arguments.equals(RawJson.EMPTY_OBJECT)));
        OutboundRecord again = new CallEncoder().encode(closing.id(), closing.route(), calls);
        assertThat(CallRecords.decode(received(again)).calls()).isEqualTo(decoded.calls());
    }

    private static void checkReplyHeaders(byte[] json) {
        Headers headers = headers(json);
        assertThat(headers.lastText(HeaderNames.STATUS))
                .hasValueSatisfying(status -> assertThat(
                                status.equals("batch") || Status.ofText(status).isPresent())
                        .isTrue());
    }

    private static void checkEvents(byte[] json) {
        EventsRecord read = value(EVENTS.decode(record(json)));
        if (read.reports().isEmpty()) {
            assertSame(json, EVENTS.encode(read.events()));
        } else {
            assertThat(read.reports()).hasSize(1);
            assertSame(json, EVENTS.encode(read.reports().get(0)));
        }
    }

    private static void checkCatalogue(byte[] json) {
        CatalogueChange change = value(CATALOGUE.decode(keyed(json)));
        assertThat(change).isInstanceOf(CatalogueChange.Put.class);
        CatalogueEntry entry = ((CatalogueChange.Put) change).entry();
        assertSame(json, CATALOGUE.encode(entry));
        if (entry instanceof CatalogueEntry.OfTool tool) {
            assertUntouched(json, Stream.of(tool.definition()));
        }
    }

    private static Reply reply(byte[] json) {
        DecodedReply decoded = REPLIES.decode(record(json));
        assertThat(decoded).isInstanceOf(DecodedReply.WellFormed.class);
        return ((DecodedReply.WellFormed) decoded).reply();
    }

    private static <T> T value(Decoded<T> decoded) {
        if (decoded instanceof Decoded.WellFormed<T> wellFormed) {
            return wellFormed.value();
        }
        throw new AssertionError("malformed: " + decoded);
    }

    /** The same JSON; where the example is written without whitespace, the same bytes. */
    private static void assertSame(byte[] json, OutboundRecord written) {
        byte[] value = requireNonNull(written.value());
        String example = new String(json, UTF_8).strip();
        if (example.contains("\n")) {
            assertThat(EXACT.readTree(value)).isEqualTo(EXACT.readTree(json));
        } else {
            assertThat(new String(value, UTF_8)).isEqualTo(example);
        }
    }

    private static void assertUntouched(byte[] json, Stream<@Nullable RawJson> parts) {
        String example = new String(json, UTF_8);
        parts.forEach(part -> {
            if (part != null) {
                assertThat(example).contains(part.text());
            }
        });
    }

    /** A catalogue record with the key that its value asks for. */
    private static InboundRecord keyed(byte[] json) {
        JsonNode entry = EXACT.readTree(json);
        String name = "\"" + entry.path("name").asString("") + "\"";
        if (entry.has("worker")) {
            name = "null,\"" + entry.path("worker").asString("") + "\"";
        }
        String key =
                entry.has("server") ? "[\"" + entry.path("server").asString("") + "\"," + name + "]" : "[" + name + "]";
        return new InboundRecord(POSITION, TIMESTAMP, utf8(key), json, Headers.NONE);
    }

    private static InboundRecord deadLetter(byte[] json) {
        return new InboundRecord(POSITION, TIMESTAMP, null, utf8("{"), headers(json));
    }

    /** Text as its bytes; integers as big-endian bytes, 4 for a partition and else 8. */
    private static Headers headers(byte[] json) {
        HeaderList headers = new HeaderList(List.of());
        for (Map.Entry<String, JsonNode> header : EXACT.readTree(json).properties()) {
            JsonNode value = header.getValue();
            if (value.isString()) {
                headers.text(header.getKey(), value.stringValue());
            } else if (header.getKey().equals(HeaderNames.DLT_ORIGINAL_PARTITION)) {
                headers.int32(header.getKey(), value.intValue());
            } else {
                headers.int64(header.getKey(), value.longValue());
            }
        }
        return headers.headers();
    }
}
