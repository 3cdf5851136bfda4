package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterCodecTest {
    private static final DeadLetterCodec CODEC = new DeadLetterCodec();
    private static final RecordPosition OF_LETTER = new RecordPosition("toolstream.dead-letters", 0, 9);

    private static final InboundRecord ORIGINAL = new InboundRecord(
            new RecordPosition("toolstream.calls", 5, 1L << 40),
            1_800_000_000_123L,
            TimestampType.LOG_APPEND,
            new byte[] {0, (byte) 0xFF},
            new byte[] {'{', (byte) 0xFF},
            Headers.of(new Header("x", new byte[] {(byte) 0x80}), header("x", "twice"), header("correlation-id", "k")));

    private static final DeadLetterCause CAUSE =
            new DeadLetterCause(ErrorCode.TIMED_OUT, "no answer within 5 s", 3, 1_800_000_000_500L, "toolstream");

    @Test
    void encode_original_isKeptByteForByte() {
        OutboundRecord letter = CODEC.encode(ORIGINAL, CAUSE);

        assertThat(letter.key()).isSameAs(ORIGINAL.key());
        assertThat(letter.value()).isSameAs(ORIGINAL.value());
        assertThat(letter.headers().all().subList(0, 3))
                .isEqualTo(ORIGINAL.headers().all());
    }

    @Test
    void encode_springsHeaders_haveItsNamesAndTypes() {
        Headers headers = CODEC.encode(ORIGINAL, CAUSE).headers();

        assertThat(headers.all().subList(3, 11))
                .containsExactly(
                        header("kafka_dlt-original-topic", "toolstream.calls"),
                        new Header("kafka_dlt-original-partition", new byte[] {0, 0, 0, 5}),
                        new Header("kafka_dlt-original-offset", new byte[] {0, 0, 1, 0, 0, 0, 0, 0}),
                        new Header(
                                "kafka_dlt-original-timestamp",
                                ByteBuffer.allocate(8)
                                        .putLong(1_800_000_000_123L)
                                        .array()),
                        header("kafka_dlt-original-timestamp-type", "LogAppendTime"),
                        header("kafka_dlt-original-consumer-group", "toolstream"),
                        header("kafka_dlt-exception-fqcn", "io.toolstream.wire.ErrorCode"),
                        header("kafka_dlt-exception-message", "timed-out: no answer within 5 s"));
    }

    @Test
    void encode_ourHeaders_followThem() {
        Headers headers = CODEC.encode(ORIGINAL, CAUSE).headers();

        assertThat(headers.all().subList(11, headers.all().size()))
                .containsExactly(
                        header("toolstream-error-code", "timed-out"),
                        header("toolstream-error-message", "no answer within 5 s"),
                        header("toolstream-status", "failed"),
                        header("toolstream-attempts", "3"),
                        header("toolstream-first-failure", "1800000000500"));
    }

    @Test
    void encode_member_keepsItsBytesInPlaceOfTheRecords() {
        RawJson member = RawJson.of(utf8("[{\"tool\":7}]"), 1, 10);
        DeadLetterCause cause =
                new DeadLetterCause(ErrorCode.WRONG_TYPE, "/calls/4/tool is a number", 0, 1L, "g", 4, member);

        OutboundRecord letter = CODEC.encode(ORIGINAL, cause);

        assertThat(letter.value()).isEqualTo(utf8("{\"tool\":7}"));
        assertThat(letter.headers().lastText("toolstream-member")).contains("4");
    }

    @Test
    void encode_longMessage_isCut() {
        DeadLetterCause cause = new DeadLetterCause(ErrorCode.INTERNAL, "x".repeat(100_000), 0, 1L, "g");

        assertThat(CODEC.encode(ORIGINAL, cause).headers().lastText("toolstream-error-message"))
                .hasValueSatisfying(message -> assertThat(message).hasSize(1_025));
    }

    @Test
    void encode_tombstone_staysOne() {
        InboundRecord tombstone = new InboundRecord(ORIGINAL.position(), 1L, null, null, Headers.NONE);

        OutboundRecord letter = CODEC.encode(tombstone, new DeadLetterCause(ErrorCode.EMPTY, "no value", 0, 1L, "g"));

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    @Test
    void decode_letter_givesTheOriginalBack() {
        DeadLetter letter = decoded(CODEC.encode(ORIGINAL, CAUSE));

        assertThat(letter.original()).usingRecursiveComparison().isEqualTo(ORIGINAL);
        assertThat(letter.code()).isEqualTo("timed-out");
        assertThat(letter.message()).isEqualTo("no answer within 5 s");
        assertThat(letter.status()).isEqualTo(Status.FAILED);
        assertThat(letter.failure()).isEqualTo(new DeadLetter.Failure(3, 1_800_000_000_500L, "toolstream", null));
        assertThat(letter.replayOf()).isNull();
        assertThat(letter.replays()).isZero();
    }

    @Test
    void decode_letterOfAReplayWithOldHeaders_readsTheNewOnes() {
        OutboundRecord first = CODEC.encode(ORIGINAL, CAUSE);
        List<Header> replayed = new ArrayList<>(first.headers().all());
        replayed.add(header("toolstream-replay-of", "toolstream.dead-letters-0@9"));
        replayed.add(header("toolstream-replays", "2"));
        InboundRecord again = new InboundRecord(
                new RecordPosition("toolstream.calls", 1, 7), 5L, first.key(), first.value(), new Headers(replayed));
        DeadLetterCause other = new DeadLetterCause(ErrorCode.OVERLOADED, "busy", 0, 6L, "g", 0, RawJson.EMPTY_OBJECT);

        DeadLetter letter = decoded(CODEC.encode(again, other));

        assertThat(letter.original().position()).isEqualTo(again.position());
        assertThat(letter.original().headers()).isEqualTo(again.headers());
        assertThat(letter.code()).isEqualTo("overloaded");
        assertThat(letter.failure().member()).isZero();
        assertThat(letter.replayOf()).isEqualTo("toolstream.dead-letters-0@9");
        assertThat(letter.replays()).isEqualTo(2);
    }

    @Test
    void decode_recordsOfOthers_areMalformed() {
        assertThat(malformed(Headers.NONE)).contains("\"kafka_dlt-original-topic\" is missing");
        assertThat(malformed(Headers.of(header("kafka_dlt-original-topic", "t"))))
                .contains("\"kafka_dlt-original-partition\" is not 4 bytes");
        List<Header> headers =
                new ArrayList<>(CODEC.encode(ORIGINAL, CAUSE).headers().all());
        headers.add(header("toolstream-attempts", "many"));
        assertThat(malformed(new Headers(headers))).contains("\"toolstream-attempts\" is no number in digits");
        headers.add(header("toolstream-attempts", "1"));
        headers.add(header("toolstream-status", "lost"));
        assertThat(malformed(new Headers(headers))).contains("\"toolstream-status\" is no status");
    }

    private static DeadLetter decoded(OutboundRecord record) {
        InboundRecord received = new InboundRecord(OF_LETTER, 7L, record.key(), record.value(), record.headers());
        if (CODEC.decode(received) instanceof Decoded.WellFormed<DeadLetter> wellFormed) {
            return wellFormed.value();
        }
        throw new AssertionError("malformed: " + CODEC.decode(received));
    }

    private static String malformed(Headers headers) {
        if (CODEC.decode(new InboundRecord(OF_LETTER, 7L, null, null, headers))
                instanceof Decoded.Malformed<DeadLetter> malformed) {
            return malformed.why();
        }
        throw new AssertionError("well-formed");
    }
}
