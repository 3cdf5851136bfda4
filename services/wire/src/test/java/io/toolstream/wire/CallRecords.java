package io.toolstream.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Records of a calls topic, and what the decoder makes of them. */
final class CallRecords {
    static final RecordPosition POSITION = new RecordPosition("toolstream.calls", 3, 42);
    static final long TIMESTAMP = 1_800_000_000_000L;

    private static final CallDecoder DECODER = new CallDecoder(WireLimits.DEFAULT);

    private CallRecords() {}

    static InboundRecord record(byte @Nullable [] value, Header... headers) {
        return new InboundRecord(POSITION, TIMESTAMP, null, value, Headers.of(headers));
    }

    static InboundRecord record(String value, Header... headers) {
        return record(utf8(value), headers);
    }

    /** The record an encoder wrote, as it comes back. */
    static InboundRecord received(OutboundRecord sent) {
        return new InboundRecord(POSITION, TIMESTAMP, sent.key(), sent.value(), sent.headers());
    }

    static Header header(String name, String value) {
        return new Header(name, utf8(value));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static DecodedRecord decode(InboundRecord record) {
        return DECODER.decode(record);
    }

    /** The call of a record that holds one well-formed call. */
    static Call call(InboundRecord record) {
        DecodedRecord decoded = decode(record);
        if (decoded.calls().get(0) instanceof DecodedCall.WellFormed wellFormed) {
            return wellFormed.call();
        }
        throw new AssertionError(
                "expected a well-formed call, but was " + decoded.calls().get(0));
    }

    static Call call(String value, Header... headers) {
        return call(record(value, headers));
    }

    /** The refusal of a record that holds one malformed call. */
    static DecodedCall.Malformed malformed(InboundRecord record) {
        return malformed(decode(record).calls().get(0));
    }

    static DecodedCall.Malformed malformed(String value, Header... headers) {
        return malformed(record(value, headers));
    }

    static DecodedCall.Malformed malformed(DecodedCall call) {
        if (call instanceof DecodedCall.Malformed malformed) {
            return malformed;
        }
        throw new AssertionError("expected a malformed call, but was " + call);
    }
}
