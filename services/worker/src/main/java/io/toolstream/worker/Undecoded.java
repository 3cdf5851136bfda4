package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.CallContext;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedCall.CallIdentity;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Refusal;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.TraceContext;
import java.util.List;

/** A record taken for one call, of which nothing is read but where a reply may go: decoding may be what ends its workers. Pure. */
final class Undecoded {
    private static final int MOST_BYTES_OF_AN_ID = 128;
    private static final CallContext NOTHING = new CallContext(null, null, null, null, TraceContext.NONE, null);

    private Undecoded() {}

    static DecodedRecord of(InboundRecord record) {
        String id = CallDecoder.idAt(record.position());
        Refusal unread = new Refusal(ErrorCode.POISON, "the record is not read any more");
        CallIdentity identity = new CallIdentity(id, route(record.headers(), id), null, null, NOTHING);
        return new DecodedRecord(List.of(new DecodedCall.Malformed(unread, identity)), null);
    }

    private static ReplyRoute route(Headers headers, String id) {
        byte[] correlationId = headers.last(HeaderNames.CORRELATION_ID)
                .filter(bytes -> bytes.length > 0 && bytes.length <= MOST_BYTES_OF_AN_ID)
                .orElseGet(() -> id.getBytes(UTF_8));
        return new ReplyRoute(
                correlationId, headers.lastText(HeaderNames.REPLY_TO).orElse(null), null, List.of());
    }
}
