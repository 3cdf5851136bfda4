package io.toolstream.bench.contender;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The two headers that floor and peer need to bring a reply back. */
final class BareHeaders {
    static final String CORRELATION_ID = "correlation-id";
    static final String REPLY_PARTITION = "reply-partition";

    private BareHeaders() {}

    static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    static long number(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null) {
            throw new IllegalStateException("a record without header " + name);
        }
        return Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
    }
}
