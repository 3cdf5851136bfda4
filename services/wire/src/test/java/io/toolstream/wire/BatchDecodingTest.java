package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.TIMESTAMP;
import static io.toolstream.wire.CallRecords.decode;
import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.malformed;
import static io.toolstream.wire.CallRecords.record;
import static io.toolstream.wire.CallRecords.utf8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchDecodingTest {
    @Test
    void decode_calls_eachIsACallOfItsOwn() {
        DecodedRecord decoded = decode(record("""
                {"id":"b7","calls":[
                  {"tool":"a","arguments":{"n":1.0}},
                  {"id":"own","tool":"b","correlationId":"k","deadline":1800000000009}]}"""));

        Call first = wellFormed(decoded, 0);
        Call second = wellFormed(decoded, 1);
        assertThat(first.id()).isEqualTo("toolstream.calls-3-42-0");
        assertThat(first.route().correlationId()).isEqualTo(utf8("toolstream.calls-3-42-0"));
        assertThat(first.arguments().text()).isEqualTo("{\"n\":1.0}");
        assertThat(first.context().batch()).isEqualTo(new BatchPosition("b7", 0, 2));
        assertThat(second.id()).isEqualTo("own");
        assertThat(second.route().correlationId()).isEqualTo(utf8("k"));
        assertThat(second.options().deadlineMillis()).isEqualTo(TIMESTAMP + 9);
        assertThat(second.context().batch()).isEqualTo(new BatchPosition("b7", 1, 2));
    }

    @Test
    void decode_calls_tellHowTheRecordIsClosed() {
        DecodedRecord decoded = decode(record(
                "{\"calls\":[ {\"tool\":\"a\"} ,{\"tool\" : 1}]}",
                header("correlation-id", "all"),
                header("reply-to", "replies.a"),
                header("traceparent", "tp")));

        DecodedRecord.BatchClosing closing = requireNonNull(decoded.batch());
        assertThat(closing.id()).isEqualTo("toolstream.calls-3-42");
        assertThat(closing.size()).isEqualTo(2);
        assertThat(closing.route())
                .isEqualTo(new ReplyRoute(
                        utf8("all"),
                        "replies.a",
                        null,
                        List.of(header("correlation-id", "all"), header("traceparent", "tp"))));
        assertThat(closing.members()).extracting(RawJson::text).containsExactly("{\"tool\":\"a\"}", "{\"tool\" : 1}");
    }

    @Test
    void decode_recordsHeaders_applyToMembersExceptTheCorrelation() {
        DecodedRecord decoded = decode(record(
                "{\"calls\":[{\"id\":\"m\",\"tool\":\"a\",\"priority\":\"replay\"}]}",
                header("correlation-id", "all"),
                header("reply-to", "replies.a"),
                header("reply-partition", "2"),
                header("deadline", Long.toString(TIMESTAMP + 1)),
                header("ordering-key", "lane"),
                header("tenant", "acme"),
                header("priority", "batch"),
                header("traceparent", "tp")));

        Call member = wellFormed(decoded, 0);
        assertThat(member.route())
                .isEqualTo(new ReplyRoute(utf8("m"), "replies.a", 2, List.of(header("traceparent", "tp"))));
        assertThat(member.options().deadlineMillis()).isEqualTo(TIMESTAMP + 1);
        assertThat(member.options().priority()).isEqualTo(Priority.BATCH);
        assertThat(member.options().orderingKey()).isEqualTo("lane");
        assertThat(member.context().tenant()).isEqualTo("acme");
        assertThat(member.context().trace().traceparent()).isEqualTo("tp");
    }

    @Test
    void decode_recordsFields_holdForMembersThatSayNothingElse() {
        DecodedRecord decoded = decode(record("""
                        {"tenant":"acme","priority":"batch","timeoutMs":1000,"correlationId":"all",
                         "calls":[{"tool":"a"},{"tool":"b","priority":"replay","timeoutMs":5}]}"""));

        assertThat(requireNonNull(decoded.batch()).route().correlationId()).isEqualTo(utf8("all"));
        assertThat(wellFormed(decoded, 0).options().priority()).isEqualTo(Priority.BATCH);
        assertThat(wellFormed(decoded, 0).options().deadlineMillis()).isEqualTo(TIMESTAMP + 1_000);
        assertThat(wellFormed(decoded, 1).options().priority()).isEqualTo(Priority.REPLAY);
        assertThat(wellFormed(decoded, 1).options().deadlineMillis()).isEqualTo(TIMESTAMP + 5);
        assertThat(wellFormed(decoded, 1).context().tenant()).isEqualTo("acme");
    }

    @Test
    void decode_badMembers_doNotHarmTheOthers() {
        DecodedRecord decoded =
                decode(record("{\"calls\":[{\"tool\":\"a\"},7,{\"id\":\"x\"},{\"tool\":\"b\",\"tool\":\"b\"},"
                        + "{\"tool\":\"c\",\"arguments\":{\"a\":" + "[".repeat(70) + "]".repeat(70) + "}},"
                        + "{\"tool\":\"d\",\"arguments\":{\"n\":" + "1".repeat(2_000) + "}},{\"tool\":\"e\"}]}"));

        assertThat(wellFormed(decoded, 0).target().tool()).isEqualTo("a");
        assertThat(refusal(decoded, 1)).isEqualTo(ErrorCode.NOT_AN_OBJECT);
        assertThat(refusal(decoded, 2)).isEqualTo(ErrorCode.MISSING_FIELD);
        assertThat(refusal(decoded, 3)).isEqualTo(ErrorCode.DUPLICATE_KEY);
        assertThat(refusal(decoded, 4)).isEqualTo(ErrorCode.TOO_DEEP);
        assertThat(refusal(decoded, 5)).isEqualTo(ErrorCode.NUMBER_TOO_LONG);
        assertThat(wellFormed(decoded, 6).target().tool()).isEqualTo("e");
        assertThat(malformed(decoded.calls().get(2)).refusal().message()).contains("/calls/2/tool is missing");
        assertThat(malformed(decoded.calls().get(2)).identity().id()).isEqualTo("x");
        assertThat(malformed(decoded.calls().get(1)).identity().context().batch())
                .isEqualTo(new BatchPosition("toolstream.calls-3-42", 1, 7));
    }

    @Test
    void decode_badRecordAroundMembers_refusesEachUnderItsOwnIdentity() {
        DecodedRecord decoded =
                decode(record("{\"calls\":[{\"id\":\"x\",\"tool\":\"a\"},{\"id\":\"y\",\"tool\":\"b\"}]}}"));

        assertThat(decoded.batch()).isNotNull();
        assertThat(decoded.calls())
                .extracting(call -> malformed(call).identity().id())
                .containsExactly("x", "y");
        assertThat(refusal(decoded, 1)).isEqualTo(ErrorCode.TRAILING_JSON);
    }

    @Test
    void decode_recordsWithinARecord_areRefusedNotIgnored() {
        DecodedRecord decoded = decode(
                record("{\"calls\":[{\"calls\":[{\"tool\":\"a\"}]},{\"tool\":\"b\",\"calls\":[]},{\"tool\":\"c\"}]}"));

        assertThat(malformed(decoded.calls().get(0)).refusal().message())
                .isEqualTo("/calls/0/calls stands in a member, records of calls do not nest");
        assertThat(refusal(decoded, 1)).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(wellFormed(decoded, 2).target().tool()).isEqualTo("c");
    }

    /** Nobody is confused but who gave them: each is a call, told by its index. */
    @Test
    void decode_membersOfOneId_areCallsEach() {
        DecodedRecord decoded =
                decode(record("{\"calls\":[{\"id\":\"m\",\"tool\":\"a\"},{\"id\":\"m\",\"tool\":\"b\"}]}"));

        assertThat(wellFormed(decoded, 0).id()).isEqualTo("m");
        assertThat(wellFormed(decoded, 1).id()).isEqualTo("m");
        assertThat(requireNonNull(wellFormed(decoded, 1).context().batch()).index())
                .isEqualTo(1);
    }

    @Test
    void decode_aThousandMembers_areRead() {
        String members = "{\"tool\":\"t\"},".repeat(999) + "{\"tool\":\"t\"}";

        DecodedRecord decoded = decode(record("{\"calls\":[" + members + "]}"));

        assertThat(decoded.calls()).hasSize(1_000);
        assertThat(wellFormed(decoded, 999).id()).isEqualTo("toolstream.calls-3-42-999");
    }

    static List<String> badCalls() {
        return List.of("[]", "{}", "null", "\"\"", "[" + "{\"tool\":\"t\"},".repeat(1_000) + "{\"tool\":\"t\"}]");
    }

    @ParameterizedTest
    @MethodSource("badCalls")
    void decode_badCalls_isOneRefusalOfTheRecord(String calls) {
        DecodedRecord decoded = decode(record("{\"id\":\"b\",\"calls\":" + calls + "}", header("correlation-id", "k")));

        assertThat(decoded.batch()).isNull();
        assertThat(decoded.calls()).hasSize(1);
        assertThat(malformed(decoded.calls().get(0)).identity().route().correlationId())
                .isEqualTo(utf8("k"));
    }

    private static Call wellFormed(DecodedRecord decoded, int index) {
        if (decoded.calls().get(index) instanceof DecodedCall.WellFormed wellFormed) {
            return wellFormed.call();
        }
        throw new AssertionError("malformed: " + decoded.calls().get(index));
    }

    private static ErrorCode refusal(DecodedRecord decoded, int index) {
        return malformed(decoded.calls().get(index)).refusal().code();
    }
}
