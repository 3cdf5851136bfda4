package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.POSITION;
import static io.toolstream.wire.CallRecords.TIMESTAMP;
import static io.toolstream.wire.CallRecords.decode;
import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.record;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.DecodedRecord.BatchClosing;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.WaitingMembers;
import io.toolstream.wire.ParkedEntry.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of several calls that wait for some of them. */
final class ParkedMembersTest {
    private static final long LATER = TIMESTAMP + 600_000;
    private static final String THREE = """
            {"timeoutMs":60000,"priority":"batch","calls":[
              {"tool":"a"},
              {"tool":"b","timeoutMs":90000,"arguments":{"n":1.0}},
              {"id":"own","tool":"c","deadline":%d}]}""".formatted(TIMESTAMP + 5);

    private final ParkedCodec codec = new ParkedCodec();

    @Test
    void restored_membersThatWaited_areWhatTheyWere() {
        InboundRecord sent = record(THREE, header("correlation-id", "all"), header("tenant", "acme"));
        DecodedRecord before = decode(sent);

        DecodedRecord after = decode(backFrom(sent, new BatchRest(List.of(1, 2), Map.of(Status.OK, 1)), 1));

        assertThat(after.calls()).isEqualTo(before.calls().subList(1, 3));
        BatchClosing closing = requireNonNull(after.batch());
        BatchClosing first = requireNonNull(before.batch());
        assertThat(closing.id()).isEqualTo(first.id());
        assertThat(closing.size()).isEqualTo(3);
        assertThat(closing.route()).isEqualTo(first.route());
        assertThat(closing.members()).isEqualTo(first.members().subList(1, 3));
        assertThat(closing.rest().left()).containsExactly(1, 2);
        assertThat(closing.rest().ended()).isEqualTo(Map.of(Status.OK, 1));
    }

    @Test
    void restored_again_isLeftWithFewerAndCountsAll() {
        InboundRecord once = backFrom(record(THREE), new BatchRest(List.of(0, 2), Map.of(Status.FAILED, 1)), 1);

        InboundRecord twice = backFrom(once, new BatchRest(List.of(2), Map.of(Status.FAILED, 1, Status.OK, 1)), 2);

        assertThat(decode(twice).calls())
                .isEqualTo(decode(record(THREE)).calls().subList(2, 3));
        assertThat(twice.headers().lastText(HeaderNames.PARKED)).hasValue("2");
        assertThat(CallDecoder.parkedMillis(twice)).isEqualTo(2 * 250);
        assertThat(twice.headers().all()).hasSize(ParkedCodec.ADDED_HEADERS);
    }

    @Test
    void restored_deadlineOfTheRecord_isNotThatOfTheFirstMember() {
        InboundRecord sent = record(THREE, header("deadline", Long.toString(TIMESTAMP + 70_000)));

        InboundRecord back = backFrom(sent, new BatchRest(List.of(0, 1, 2), Map.of()), 1);

        assertThat(decode(back).calls()).isEqualTo(decode(sent).calls());
    }

    /** Any members of a record of any size. */
    @Test
    void restored_whateverIsLeft_staysSmallAndIsReadBack() {
        SplittableRandom random = new SplittableRandom(System.nanoTime());
        for (int round = 0; round < 100; round++) {
            int size = 1 + random.nextInt(1_000);
            List<Integer> left = IntStream.range(0, size)
                    .filter(index -> random.nextBoolean())
                    .boxed()
                    .toList();
            BatchRest rest = left.isEmpty() ? BatchRest.all(size) : new BatchRest(left, counts(size - left.size()));
            InboundRecord sent = record("{\"calls\":[" + "{\"tool\":\"a\"},".repeat(size - 1) + "{\"tool\":\"a\"}]}");

            InboundRecord back = backFrom(sent, rest, 1);

            assertThat(requireNonNull(decode(back).batch()).rest()).isEqualTo(rest);
            assertThat(back.headers().all().stream()
                            .mapToInt(header -> header.name().length() + header.value().length)
                            .sum())
                    .isLessThan(ParkedCodec.ADDED_BYTES);
        }
    }

    private static Map<Status, Integer> counts(int all) {
        Map<Status, Integer> counts = new HashMap<>();
        int left = all;
        for (Status status : Status.values()) {
            int share = status == Status.INPUT_REQUIRED ? left : left / 3;
            counts.put(status, share);
            left -= share;
        }
        return counts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"left\":\"zz\",\"ended\":{}}",
                "{\"left\":\"07\",\"ended\":{\"ok\":1}}",
                "{\"left\":\"08\",\"ended\":{\"ok\":2}}",
                "{\"left\":\"\",\"ended\":{\"ok\":3}}",
                "{\"left\":\"03\",\"ended\":{\"ok\":-1}}",
            })
    void decode_restThatDoesNotFit_refusesEachMember(String rest) {
        DecodedRecord decoded = decode(record(THREE, header(HeaderNames.REST, rest)));

        assertThat(decoded.calls())
                .hasSize(3)
                .allSatisfy(call -> assertThat(call)
                        .isInstanceOfSatisfying(
                                DecodedCall.Malformed.class,
                                malformed ->
                                        assertThat(malformed.refusal().code()).isEqualTo(ErrorCode.INVALID_HEADER)));
    }

    @Test
    void waiting_ofMembers_isReadAsItWasWritten() {
        Waiting waiting = waiting(new BatchRest(List.of(0, 999), Map.of(Status.OK, 998)), 3);

        OutboundRecord written = codec.encode(record(THREE), waiting);
        InboundRecord read = new InboundRecord(POSITION, LATER, written.key(), written.value(), written.headers());

        assertThat(codec.decode(read)).isEqualTo(new Decoded.WellFormed<ParkedEntry>(waiting));
        assertThat(waiting.calls()).isEqualTo(2);
    }

    private InboundRecord backFrom(InboundRecord sent, BatchRest rest, int times) {
        OutboundRecord parked = codec.encode(sent, waiting(rest, times));
        InboundRecord read = new InboundRecord(
                new RecordPosition("toolstream.parked", 3, 7), LATER, parked.key(), parked.value(), parked.headers());
        OutboundRecord back = codec.restored(read, LATER + 250);
        return new InboundRecord(
                new RecordPosition("toolstream.calls", 3, 4_711), LATER, back.key(), back.value(), back.headers());
    }

    private static Waiting waiting(BatchRest rest, int times) {
        return new Waiting(
                "batch",
                new Wanted("fs", "a", null),
                LATER,
                LATER + 1,
                "breaker-open",
                times,
                TIMESTAMP,
                new WaitingMembers(CallDecoder.idAt(POSITION), List.of("fs", "web"), rest));
    }
}
