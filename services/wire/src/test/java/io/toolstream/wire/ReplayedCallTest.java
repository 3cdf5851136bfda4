package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayedCallTest {
    private static final String NAMELESS = "{\"server\":\"fs\",\"tool\":\"read\"}";
    private static final String TWO = "{\"calls\":[{\"tool\":\"x\"}," + NAMELESS + "]}";

    @ParameterizedTest
    @CsvSource({"x-mine, y", "correlation-id, of-the-record", "ce_id, event-7", "toolstream-moved, elsewhere-3-9"})
    void of_memberWithoutAnId_hasTheIdThatItWasAnsweredUnder(String name, String value) {
        InboundRecord sent = record(TWO, header(name, value));
        Call asSent = ((DecodedCall.WellFormed) CallRecords.decode(sent).calls().get(1)).call();

        Call call = ReplayedCall.of(letter(sent, NAMELESS)).orElseThrow();

        assertThat(call.id()).isEqualTo(asSent.id()).endsWith("-1");
        assertThat(call.route().correlationId()).isEqualTo(asSent.route().correlationId());
    }

    @Test
    void of_memberOfACloudEvent_isTheMember() {
        InboundRecord sent = record(
                "{\"specversion\":\"1.0\",\"id\":\"e\",\"data\":" + TWO + "}",
                header("content-type", "application/cloudevents+json"));

        assertThat(ReplayedCall.of(letter(sent, NAMELESS)))
                .hasValueSatisfying(call -> assertThat(call.target().tool()).isEqualTo("read"));
    }

    @Test
    void of_callThatOnlyOtherSettingsAllow_isReadAllTheSame() {
        String large = "{\"tool\":\"read\",\"deadline\":4000000000000,\"arguments\":{\"text\":\""
                + "x".repeat(1_500_000) + "\"}}";
        DeadLetterCause cause = new DeadLetterCause(ErrorCode.TIMED_OUT, "no answer", 1, 5, "g");

        assertThat(ReplayedCall.of(decoded(new DeadLetterCodec().encode(record(large), cause))))
                .isPresent();
    }

    private static DeadLetter letter(InboundRecord record, String member) {
        DeadLetterCause cause =
                new DeadLetterCause(ErrorCode.TIMED_OUT, "no answer", 1, 5, "g", 1, RawJson.ofText(member));
        return decoded(new DeadLetterCodec().encode(record, cause));
    }

    private static DeadLetter decoded(OutboundRecord letter) {
        return ((Decoded.WellFormed<DeadLetter>) new DeadLetterCodec().decode(CallRecords.received(letter))).value();
    }
}
