package io.toolstream.cli.batch;

import io.toolstream.cli.batch.Item.Wanted;
import io.toolstream.cli.batch.Item.Wrong;
import io.toolstream.client.ToolCall;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallContext;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.CallOptions;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.WireLimits;
import io.toolstream.wire.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A call as the contract writes it, read by the decoder that workers have: so what a worker would refuse is found here, in
 * the same words. What says where replies go ({@code correlationId}, {@code batch}, {@code progress}) is this command's own
 * affair, and passed over.
 */
final class ContractCall {
    /** What the decoder gives to a call without a deadline: nothing that anybody writes. */
    private static final Duration NO_DEADLINE = Duration.ofHours(24).minusMillis(7);

    private static final WireLimits USUAL = WireLimits.DEFAULT;

    private final CallDecoder decoder = new CallDecoder(new WireLimits(
            USUAL.callBytes(),
            USUAL.resultBytes(),
            USUAL.depth(),
            USUAL.numberChars(),
            USUAL.headerCount(),
            USUAL.headerBytes(),
            NO_DEADLINE,
            USUAL.maxDeadline()));
    private final InstantSource clock;

    ContractCall(InstantSource clock) {
        this.clock = clock;
    }

    /** @param object of the same line */
    Item read(JsonObject object, byte[] line) {
        long nowMillis = clock.millis();
        InboundRecord record = new InboundRecord(new RecordPosition("line", 0, 0), nowMillis, null, line, Headers.NONE);
        DecodedCall decoded = decoder.decode(record).calls().get(0);
        if (decoded instanceof DecodedCall.Malformed malformed) {
            return new Wrong(
                    malformed.refusal().code(),
                    malformed.refusal().message(),
                    malformed.identity().context().toolCallId());
        }
        Call call = ((DecodedCall.WellFormed) decoded).call();
        boolean isNamed = !call.id().equals(nameOfNone(record));
        return new Wanted(
                call.target().server(),
                call.target().tool(),
                object.field("priority") == null ? null : call.options().priority(),
                bare -> wished(isNamed ? bare.id(call.id()) : bare, call, nowMillis),
                call.context().toolCallId());
    }

    /** The id that a decoder gives to a call without one. */
    private static String nameOfNone(InboundRecord record) {
        RecordPosition position = record.position();
        return position.topic() + "-" + position.partition() + "-" + position.offset();
    }

    private static ToolCall wished(ToolCall bare, Call call, long nowMillis) {
        CallOptions options = call.options();
        ToolCall wished =
                carried(bare.arguments(call.arguments()), call.context()).cache(options.cache());
        long leftMillis = options.deadlineMillis() - nowMillis;
        wished = leftMillis == NO_DEADLINE.toMillis()
                ? wished
                : wished.timeout(Duration.ofMillis(Math.max(1, leftMillis)));
        wished = options.idempotencyKey() == null ? wished : wished.idempotencyKey(options.idempotencyKey());
        wished = options.orderingKey() == null ? wished : wished.orderingKey(options.orderingKey());
        RawJson responses = options.inputResponses();
        String state = options.requestState();
        return responses == null && state == null ? wished : wished.resume(responses, state);
    }

    private static ToolCall carried(ToolCall call, CallContext context) {
        ToolCall carrying = context.tenant() == null ? call : call.tenant(context.tenant());
        carrying = context.toolCallId() == null ? carrying : carrying.toolCallId(context.toolCallId());
        carrying = context.conversation() == null ? carrying : carrying.conversation(context.conversation());
        return context.meta() == null ? carrying : carrying.meta(context.meta());
    }
}
