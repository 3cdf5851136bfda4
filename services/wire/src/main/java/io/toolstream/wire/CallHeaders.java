package io.toolstream.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record of the calls topic, read.
 *
 * @param contentType in lower case
 * @param eventId the id of a CloudEvent in binary mode
 * @param refusal the first thing wrong with the headers; what is wrong reads as absent
 */
record CallHeaders(
        ForReply reply,
        ForCall call,
        TraceContext trace,
        @Nullable String contentType,
        @Nullable String eventId,
        @Nullable Refusal refusal) {
    /** Where the reply goes; {@code echoedIds} and {@code echoedTrace} are the headers it repeats. */
    record ForReply(
            byte @Nullable [] correlationId,
            @Nullable String topic,
            @Nullable Integer partition,
            List<Header> echoedIds,
            List<Header> echoedTrace) {}

    /** What may stand in the value as well. */
    record ForCall(
            @Nullable Long deadlineMillis,
            @Nullable String idempotencyKey,
            @Nullable String orderingKey,
            @Nullable String tenant,
            @Nullable Priority priority) {}
}
