package io.toolstream.client;

import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.WireLimits;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the call a reply belongs to, on the tail thread. The header decides whether a record is ours at all, so that what
 * belongs to others on a shared partition is dropped unparsed; then the body must name the same call and tenant.
 */
final class ReplyMatcher implements Consumer<InboundRecord> {
    private static final Logger log = LoggerFactory.getLogger(ReplyMatcher.class);

    private final String correlationPrefix;
    private final PendingCalls pendingCalls;
    private final Tally tally;
    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);

    ReplyMatcher(String correlationPrefix, PendingCalls pendingCalls, Tally tally) {
        this.correlationPrefix = correlationPrefix;
        this.pendingCalls = pendingCalls;
        this.tally = tally;
    }

    @Override
    public void accept(InboundRecord record) {
        Optional<String> correlationId = record.headers().lastText(HeaderNames.CORRELATION_ID);
        if (correlationId.isEmpty() || !correlationId.get().startsWith(correlationPrefix)) {
            return;
        }
        Optional<PendingCall> call = pendingCalls.find(correlationId.get());
        if (call.isEmpty()) {
            tally.late.increment();
            return;
        }
        DecodedReply decoded = codec.decode(record);
        if (decoded instanceof DecodedReply.WellFormed wellFormed) {
            deliver(wellFormed.reply(), call.get(), record);
        } else if (decoded instanceof DecodedReply.Malformed malformed) {
            pendingCalls.fail(call.get(), () -> new UnreadableReply(record.position() + ": " + malformed.why()));
        }
    }

    private void deliver(Reply reply, PendingCall call, InboundRecord record) {
        if (!isFor(call, reply)) {
            tally.mismatched.increment();
            log.warn(
                    "{}: a reply under a correlation id of ours names another call or tenant, dropped",
                    record.position());
            return;
        }
        if (!reply.isFinal()) {
            update(call, reply);
            return;
        }
        pendingCalls
                .settle(call.identity().correlationId())
                .ifPresentOrElse(mine -> complete(mine, reply), tally.late::increment);
    }

    /** The listener is the caller's code: its bug must not end the tail, which serves all calls. */
    private static void update(PendingCall call, Reply reply) {
        try {
            call.update(reply);
        } catch (RuntimeException e) {
            log.warn(
                    "The listener of call {} failed on an update",
                    call.identity().id(),
                    e);
        }
    }

    private void complete(PendingCall call, Reply reply) {
        tally.answered.increment();
        call.future().complete(reply);
    }

    /** A call that named no tenant may learn from its reply which one its topic belongs to. */
    private static boolean isFor(PendingCall call, Reply reply) {
        String tenant = call.identity().tenant();
        return call.identity().id().equals(reply.identity().id())
                && (tenant == null || tenant.equals(reply.identity().tenant()));
    }
}
