package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.call;
import static io.toolstream.wire.CallRecords.decode;
import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.malformed;
import static io.toolstream.wire.CallRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CloudEventsTest {
    private static final Header STRUCTURED = header("content-type", "application/cloudevents+json; charset=UTF-8");

    @Test
    void decode_binaryMode_takesTheEventsIdWhereTheCallHasNone() {
        Call call = call(
                "{\"tool\":\"t\"}",
                header("ce_specversion", "1.0"),
                header("ce_id", "e-1"),
                header("ce_source", "/agents/7"),
                header("ce_type", "call"),
                header("content-type", "application/json"));

        assertThat(call.id()).isEqualTo("e-1");
        assertThat(call.route().correlationId()).isEqualTo(utf8("e-1"));
    }

    @Test
    void decode_binaryMode_theCallsOwnIdWins() {
        assertThat(call("{\"id\":\"own\",\"tool\":\"t\"}", header("ce_id", "e-1"))
                        .id())
                .isEqualTo("own");
    }

    @Test
    void decode_structuredMode_slicesTheData() {
        Call call = call("""
                {"specversion":"1.0","id":"e-1","source":"/a","type":"call","datacontenttype":"application/json",
                 "data": {"tool":"t","arguments":{ "n":1.50 }}, "tenant":"not ours here"}""", STRUCTURED);

        assertThat(call.id()).isEqualTo("e-1");
        assertThat(call.arguments().text()).isEqualTo("{ \"n\":1.50 }");
        assertThat(call.context().tenant()).isNull();
    }

    @Test
    void decode_structuredModeWithOtherCase_isRecognised() {
        assertThat(call(
                                "{\"id\":\"e\",\"data\":{\"tool\":\"t\"}}",
                                header("Content-Type", "Application/CloudEvents+JSON"))
                        .id())
                .isEqualTo("e");
    }

    @Test
    void decode_structuredModeWithSeveralCalls_numbersThemByTheEvent() {
        DecodedRecord decoded =
                decode(CallRecords.record("{\"id\":\"e\",\"data\":{\"calls\":[{\"tool\":\"t\"},{}]}}", STRUCTURED));

        assertThat(decoded.calls()).hasSize(2);
        assertThat(malformed(decoded.calls().get(1)).identity().id()).isEqualTo("e-1");
        assertThat(malformed(decoded.calls().get(1)).refusal().message()).contains("/data/calls/1/tool is missing");
    }

    @Test
    void decode_structuredModeBroken_keepsWhatStandsBeforeTheBreak() {
        DecodedCall.CallIdentity ofEvent =
                malformed("{\"id\":\"e\",\"data\":{\"tool\":", STRUCTURED).identity();
        DecodedCall.CallIdentity ofCall = malformed(
                        "{\"id\":\"e\",\"data\":{\"id\":\"c1\",\"tool\":\"t\",\"arguments\":{]", STRUCTURED)
                .identity();

        assertThat(ofEvent.id()).isEqualTo("e");
        assertThat(ofCall.id()).isEqualTo("c1");
        assertThat(ofCall.tool()).isEqualTo("t");
    }
}
