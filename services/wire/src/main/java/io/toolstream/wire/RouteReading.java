package io.toolstream.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides where and under what identity the reply to a call, or to a record of calls, goes. */
final class RouteReading {
    private RouteReading() {}

    /** The route of a reply under the record's own identity: the header's correlation id, else the value's, else the id. */
    static ReplyRoute ofRecord(CallHeaders.ForReply headers, Fields fields, String id, Problems problems) {
        byte[] fromValue = correlationId(fields, problems);
        byte[] correlationId = headers.correlationId() != null ? headers.correlationId() : fromValue;
        List<Header> echoed = new ArrayList<>(headers.echoedIds());
        echoed.addAll(headers.echoedTrace());
        return route(correlationId, id, headers, echoed);
    }

    /** The route of a member's reply: the record's topic and partition, but a correlation id of its own. */
    static ReplyRoute ofMember(CallHeaders.ForReply headers, Fields fields, String id, Problems problems) {
        return route(correlationId(fields, problems), id, headers, headers.echoedTrace());
    }

    private static ReplyRoute route(
            byte @Nullable [] correlationId, String id, CallHeaders.ForReply headers, List<Header> echoed) {
        byte[] known = correlationId == null ? id.getBytes(StandardCharsets.UTF_8) : correlationId;
        return new ReplyRoute(known, headers.topic(), headers.partition(), echoed);
    }

    private static byte @Nullable [] correlationId(Fields fields, Problems problems) {
        String text = fields.text(CallFields.CORRELATION_ID);
        if (text == null) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > CallHeadersReader.CORRELATION_BYTES) {
            problems.add(
                    ErrorCode.INVALID_CORRELATION_ID,
                    fields.pointerTo(CallFields.CORRELATION_ID) + " has " + bytes.length + " bytes, expected 1 to "
                            + CallHeadersReader.CORRELATION_BYTES);
            return null;
        }
        return bytes;
    }
}
