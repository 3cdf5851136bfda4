package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.POSITION;
import static io.toolstream.wire.CallRecords.TIMESTAMP;
import static io.toolstream.wire.CallRecords.decode;
import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.ParkedEntry.Newer;
import io.toolstream.wire.ParkedEntry.Opened;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.Wanted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of records of the parked topic that another version has written, or nobody of ours. */
final class ParkedLayoutTest {
    private static final String CALL = "{\"server\":\"fs\",\"tool\":\"read\",\"priority\":\"batch\"}";
    private static final RecordPosition PARKED = new RecordPosition("toolstream.parked", 3, 7);
    private static final long LATER = TIMESTAMP + 600_000;

    /** As it was written before there was a version; whoever reads parked records has to read these for as long as they stay. */
    private static final String FIRST_LAYOUT =
            "{\"type\":\"waiting\",\"id\":\"c1\",\"server\":\"fs\",\"tool\":\"read\",\"due\":11,\"deadline\":12,"
                    + "\"code\":\"breaker-open\",\"times\":2,\"sent\":10}";

    private static final Waiting WAITING =
            new Waiting("c1", new Wanted("fs", "read", null), 11, 12, "breaker-open", 2, 10);

    private final ParkedCodec codec = new ParkedCodec();

    @Test
    void decode_withoutAVersion_isTheFirst() {
        assertThat(codec.decode(parked(CALL, FIRST_LAYOUT))).isEqualTo(new Decoded.WellFormed<ParkedEntry>(WAITING));
        assertThat(codec.decode(parked(null, "{\"type\":\"returned\",\"offset\":5}")))
                .isEqualTo(new Decoded.WellFormed<ParkedEntry>(new Returned(5)));
        assertThat(codec.decode(parked(null, "{\"type\":\"opened\",\"worker\":\"w\"}")))
                .isEqualTo(new Decoded.WellFormed<ParkedEntry>(new Opened("w")));
    }

    @Test
    void encode_everyRecord_namesItsVersion() {
        List<OutboundRecord> written = List.of(
                codec.encode(record(CALL), WAITING), codec.encode(new Returned(5)), codec.encode(new Opened("w")));

        assertThat(written)
                .extracting(one -> one.headers().lastText(ParkedCodec.ENTRY).orElseThrow())
                .allMatch(entry -> entry.startsWith("{\"version\":1,"));
    }

    @Test
    void decode_fieldsThatAreNotKnown_changeNothing() {
        String further = FIRST_LAYOUT.replace("{", "{\"version\":1,\"weather\":{\"sunny\":true},");

        assertThat(codec.decode(parked(CALL, further))).isEqualTo(new Decoded.WellFormed<ParkedEntry>(WAITING));
    }

    /** Workers of two versions share the topic: who owns a partition, and what has come back, is known to both. */
    @Test
    void decode_marksOfANewerVersion_areMarks() {
        assertThat(codec.decode(parked(null, "{\"version\":9,\"type\":\"returned\",\"offset\":5,\"why\":1}")))
                .isEqualTo(new Decoded.WellFormed<ParkedEntry>(new Returned(5)));
        assertThat(codec.decode(parked(null, "{\"version\":9,\"type\":\"opened\",\"worker\":\"w\"}")))
                .isEqualTo(new Decoded.WellFormed<ParkedEntry>(new Opened("w")));
    }

    @Test
    void decode_callOfANewerVersion_isNoWaitingCallButKeepsWhatCanBeRead() {
        String newer = FIRST_LAYOUT.replace("{", "{\"version\":2,");

        assertThat(codec.decode(parked(CALL, newer)))
                .isEqualTo(new Decoded.WellFormed<ParkedEntry>(new Newer(2, 12, WAITING)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":2}",
                "{\"version\":2,\"type\":\"sleeping\",\"until\":\"noon\"}",
                "{\"version\":2,\"type\":\"waiting\",\"id\":5}",
                "{\"version\":99999999999,\"type\":\"returned\",\"offset\":5}"
            })
    void decode_newerVersionThatSaysNothingWeKnow_hasTheDeadlineOfItsHeaders(String entry) {
        InboundRecord told = parked(CALL, entry, header("deadline", Long.toString(LATER + 5)));

        assertThat(read(told)).isEqualTo(new Newer(version(entry), LATER + 5, null));
        assertThat(read(parked(CALL, entry)))
                .isEqualTo(new Newer(
                        version(entry),
                        LATER + WireLimits.DEFAULT.defaultDeadline().toMillis(),
                        null));
    }

    private static long version(String entry) {
        return Long.parseLong(entry.replaceFirst("\\{\"version\":([0-9]+).*", "$1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "\u0000",
                "{\"type\":\"secret\"}",
                "{\"version\":\"secret\",\"type\":\"waiting\"}",
                "{\"type\":\"returned\",\"offset\":5}",
                "{\"type\":\"waiting\",\"id\":\"secret\",\"server\":null}"
            })
    void decode_callWhoseEntryCannotBeRead_isMalformedAndSaysNothingOfItsContent(String entry) {
        Decoded.Malformed<?> malformed = (Decoded.Malformed<?>) codec.decode(parked(CALL, entry));

        assertThat(malformed.why()).matches("[a-z0-9-]{1,40}").doesNotContain("secret");
    }

    @Test
    void decode_membersThatWaitForNobody_areMalformed() {
        String entry = FIRST_LAYOUT.substring(0, FIRST_LAYOUT.length() - 1)
                + ",\"members\":{\"name\":\"n\",\"servers\":[],\"size\":1,\"rest\":\"{\\\"left\\\":\\\"80\\\",\\\"ended\\\":{}}\"}}";

        assertThat(codec.decode(parked(CALL, entry))).isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void restored_callWhoseEntryCannotBeRead_keepsItsIdentityAndSaysSo() {
        InboundRecord parked = parked(
                CALL,
                "{\"type\":\"waiting\"}",
                header("correlation-id", "mine"),
                header("reply-to", "svc.replies"),
                header(HeaderNames.MOVED, "c1"));

        OutboundRecord back = codec.restored(parked, LATER + 250);

        assertThat(back.value()).isEqualTo(parked.value());
        assertThat(back.headers().lastText(HeaderNames.UNREAD)).hasValue("missing-field");
        assertThat(back.headers().lastText(ParkedCodec.ENTRY)).isEmpty();
        assertThat(back.headers().lastText(HeaderNames.PARKED)).isPresent();
        DecodedCall call = decode(new InboundRecord(POSITION, LATER, null, back.value(), back.headers()))
                .calls()
                .get(0);
        assertThat(call).isInstanceOfSatisfying(DecodedCall.WellFormed.class, wellFormed -> {
            assertThat(wellFormed.call().id()).isEqualTo("c1");
            assertThat(wellFormed.call().route().correlationId()).asString().isEqualTo("mine");
            assertThat(wellFormed.call().route().topic()).isEqualTo("svc.replies");
        });
    }

    @Test
    void restored_newerCallThatCanBeRead_isTheCallItWas() {
        InboundRecord parked = parked(CALL, FIRST_LAYOUT.replace("{", "{\"version\":2,"));

        assertThat(codec.restored(parked, LATER + 250))
                .usingRecursiveComparison()
                .isEqualTo(codec.restored(parked(CALL, FIRST_LAYOUT), LATER + 250));
    }

    /** Bytes of an entry that was one, changed anywhere. */
    @Test
    void decodeAndRestored_anyBytes_neverThrow() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] entry = FIRST_LAYOUT.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--) {
                entry[random.nextInt(entry.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(entry, random.nextInt(2) == 0 ? entry.length : random.nextInt(entry.length));
            InboundRecord parked = new InboundRecord(
                    PARKED, LATER, null, new byte[] {1}, Headers.of(new Header(ParkedCodec.ENTRY, cut)));

            OutboundRecord back = codec.restored(parked, LATER);

            assertThat(back.headers().last(HeaderNames.MOVED))
                    .as("seed %d", seed)
                    .isPresent();
        }
    }

    private ParkedEntry read(InboundRecord record) {
        return ((Decoded.WellFormed<ParkedEntry>) codec.decode(record)).value();
    }

    private static InboundRecord parked(@Nullable String value, String entry, Header... before) {
        HeaderList headers = new HeaderList(List.of(before)).text(ParkedCodec.ENTRY, entry);
        byte[] bytes = value == null ? null : record(value).value();
        return new InboundRecord(PARKED, LATER, null, bytes, headers.headers());
    }
}
