package io.toolstream.client;

import io.toolstream.wire.BatchReply;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.CorrelationIds;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.Status;
import io.toolstream.wire.WireLimits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Answers records of one or several calls, as a worker does. */
final class FakeWorker {
    private final FakeReplies replies;

    FakeWorker(FakeReplies replies) {
        this.replies = replies;
    }

    static List<Call> calls(FakePublisher.Sent sent) {
        return decode(sent).calls().stream()
                .map(decoded -> ((DecodedCall.WellFormed) decoded).call())
                .toList();
    }

    private static DecodedRecord decode(FakePublisher.Sent sent) {
        return new CallDecoder(WireLimits.DEFAULT).decode(sent.inbound());
    }

    /** Answers every call. */
    void answer(FakePublisher.Sent sent) {
        answer(sent, call -> true);
    }

    /** Answers these members, and closes the record all the same: the replies to the others are lost on their way. */
    void answer(FakePublisher.Sent sent, Predicate<Call> isAnswered) {
        sent.acknowledge();
        for (Call call : calls(sent)) {
            if (isAnswered.test(call)) {
                replies.answer(call, FakeReplies.identityOf(call), true);
            }
        }
        close(sent);
    }

    private void close(FakePublisher.Sent sent) {
        DecodedRecord record = decode(sent);
        if (record.batch() != null) {
            DecodedRecord.BatchClosing batch = Objects.requireNonNull(record.batch());
            String correlationId = CorrelationIds.text(batch.route().correlationId());
            OutboundRecord closing = new ReplyCodec(WireLimits.DEFAULT)
                    .encode(
                            new BatchReply(
                                    batch.id(), correlationId, batch.size(), Map.of(Status.OK, batch.size()), null),
                            batch.route());
            replies.hand(closing.value(), closing.headers());
        }
    }
}
