package io.toolstream.wire;

/** Writes and reads replies. Thread-safe; never blocks; reading never throws. */
public final class ReplyCodec {
    /** What a value holds beside the result: identity, error, timings, {@code _meta}. */
    private static final int ENVELOPE_BYTES = 256 << 10;

    private final WireLimits limits;

    public ReplyCodec(WireLimits limits) {
        this.limits = limits;
    }

    /** The record of one reply: its key is the correlation id. */
    public OutboundRecord encode(Reply reply, ReplyRoute route) {
        Headers headers = headers(route, reply.status().text(), reply.isFinal());
        return new OutboundRecord(route.correlationId(), ReplyJson.write(reply), headers);
    }

    /** The record of the reply that closes a batch. */
    public OutboundRecord encode(BatchReply reply, ReplyRoute route) {
        Headers headers = headers(route, BatchReplyJson.STATUS, true);
        return new OutboundRecord(route.correlationId(), BatchReplyJson.write(reply), headers);
    }

    /** The echoed headers as they came, a correlation id in any case, and ours. */
    private static Headers headers(ReplyRoute route, String status, boolean isFinal) {
        return new HeaderList(route.echoed())
                .ifAbsent(new Header(HeaderNames.CORRELATION_ID, route.correlationId()))
                .text(HeaderNames.STATUS, status)
                .text(HeaderNames.FINAL, isFinal ? "true" : "false")
                .headers();
    }

    public DecodedReply decode(InboundRecord record) {
        Problems problems = new Problems();
        Fields fields =
                Fields.ofValue(record.value(), limits.resultBytes() + ENVELOPE_BYTES, ReplyJson.LIMITS, problems);
        DecodedReply decoded = BatchReplyJson.isOne(fields)
                ? new DecodedReply.Closing(BatchReplyJson.read(fields, problems))
                : new DecodedReply.WellFormed(ReplyJson.read(fields, problems));
        Refusal refusal = problems.first();
        return refusal == null ? decoded : new DecodedReply.Malformed(refusal.message());
    }
}
