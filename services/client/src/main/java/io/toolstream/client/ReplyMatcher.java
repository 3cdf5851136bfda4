package io.toolstream.client;

import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.Status;
import io.toolstream.wire.WireLimits;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the call a reply belongs to, on the tail thread. The header decides whether a record is ours at all, so that what
 * belongs to others on a shared partition is dropped unparsed; then the body must name the same call and tenant.
 */
final class ReplyMatcher implements Consumer<InboundRecord> {
    private static final Logger log = LoggerFactory.getLogger(ReplyMatcher.class);

    private final CallIdentities identities;
    private final Table table;
    private final RecentAnswers recentAnswers;
    private final Gauges gauges;
    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);

    ReplyMatcher(CallIdentities identities, Table table, Gauges gauges) {
        this.identities = identities;
        this.table = table;
        this.recentAnswers = new RecentAnswers(identities);
        this.gauges = gauges;
    }

    /** What is waited for, and what is remembered of it. */
    record Table(PendingCalls calls, OpenRecords records, Questions questions) {}

    /** What is counted and measured. */
    record Gauges(Tally tally, Latencies latencies, LongSupplier nanoTime) {}

    @Override
    public void accept(InboundRecord record) {
        Optional<String> header = record.headers().lastText(HeaderNames.CORRELATION_ID);
        if (header.isEmpty()) {
            return;
        }
        String correlationId = header.get();
        Optional<PendingCall> call = table.calls().find(correlationId);
        if (call.isPresent()) {
            match(call.get(), record);
        } else if (identities.isOurs(correlationId) && !isClosing(correlationId, record)) {
            recentAnswers.countStray(correlationId, gauges.tally());
        }
    }

    private void match(PendingCall call, InboundRecord record) {
        DecodedReply decoded = codec.decode(record);
        if (decoded instanceof DecodedReply.WellFormed wellFormed) {
            deliver(wellFormed.reply(), call, record);
        } else if (decoded instanceof DecodedReply.Malformed malformed) {
            table.calls().fail(call, () -> new UnreadableReply(record.position() + ": " + malformed.why()));
        } else {
            mismatched(record);
        }
    }

    /** Whether the record closes a record of several calls of ours. */
    private boolean isClosing(String correlationId, InboundRecord record) {
        if (!table.records().isOpen(correlationId)) {
            return false;
        }
        if (codec.decode(record) instanceof DecodedReply.Closing closing) {
            table.records().close(correlationId).ifPresent(hears -> hears.accept(closing.reply()));
            return true;
        }
        return false;
    }

    private void deliver(Reply reply, PendingCall call, InboundRecord record) {
        if (!isFor(call, reply)) {
            mismatched(record);
        } else if (!reply.isFinal()) {
            update(call, reply);
        } else if (table.calls().settle(call)) {
            complete(call, reply);
        } else {
            gauges.tally().late.increment();
        }
    }

    private void mismatched(InboundRecord record) {
        gauges.tally().mismatched.increment();
        log.warn("{}: a reply under a correlation id of ours names another call or tenant, dropped", record.position());
    }

    /** The listener is the caller's code: whatever it throws must not end the tail, which serves all calls. */
    private static void update(PendingCall call, Reply reply) {
        try {
            call.update(reply);
        } catch (Throwable e) {
            log.warn(
                    "The listener of call {} failed on an update",
                    call.identity().id(),
                    e);
        }
    }

    private void complete(PendingCall call, Reply reply) {
        gauges.tally().answered(reply.status());
        gauges.latencies().add(gauges.nanoTime().getAsLong() - call.beganNanos());
        recentAnswers.add(call.identity().correlationId());
        if (reply.status() == Status.INPUT_REQUIRED) {
            table.questions().add(call.identity().id(), call.call());
        }
        call.future().complete(reply);
    }

    /** A call that named no tenant may learn from its reply which one its topic belongs to. */
    private static boolean isFor(PendingCall call, Reply reply) {
        String tenant = call.identity().tenant();
        return call.identity().id().equals(reply.identity().id())
                && (tenant == null || tenant.equals(reply.identity().tenant()));
    }
}
