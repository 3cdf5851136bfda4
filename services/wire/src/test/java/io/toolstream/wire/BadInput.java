package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A record, the code of its refusal, and what the message has to say: what, where, and what was expected. */
record BadInput(String name, InboundRecord record, ErrorCode code, String... parts) {
    static final String CALL = "{\"tool\":\"t\"}";

    static BadInput bad(String name, String value, ErrorCode code, String... parts) {
        return bad(name, CallRecords.record(value), code, parts);
    }

    static BadInput bad(String name, InboundRecord record, ErrorCode code, String... parts) {
        return new BadInput(name, record, code, parts);
    }

    static String call(String fields) {
        return "{\"tool\":\"t\"," + fields + "}";
    }

    static String arguments(String json) {
        return call("\"arguments\":" + json);
    }

    /** The bytes of texts and single bytes in a row. */
    static InboundRecord bytes(Object... parts) {
        ByteBuffer buffer = ByteBuffer.allocate(256);
        for (Object part : parts) {
            if (part instanceof String text) {
                buffer.put(utf8(text));
            } else {
                buffer.put(((Integer) part).byteValue());
            }
        }
        return CallRecords.record(Arrays.copyOf(buffer.array(), buffer.position()));
    }

    void assertRefused() {
        DecodedRecord decoded = CallRecords.decode(record);

        assertThat(decoded.calls()).allSatisfy(call -> {
            Refusal refusal = CallRecords.malformed(call).refusal();
            assertThat(refusal.code()).as(refusal.message()).isEqualTo(code);
            assertThat(refusal.message()).contains(parts).doesNotContain("secret");
            assertThat(refusal.message().length()).isLessThan(400);
        });
    }

    @Override
    public String toString() {
        return code.text() + ": " + name;
    }
}
