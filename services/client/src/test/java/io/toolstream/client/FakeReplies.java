package io.toolstream.client;

import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.CorrelationIds;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.Header;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import io.toolstream.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A reply topic with one partition, and a worker that answers what it is given, by the real codecs. */
final class FakeReplies implements ReplyTail {
    static final int PARTITION = 3;

    final CompletableFuture<Integer> ready = new CompletableFuture<>();
    private final Consumer<InboundRecord> onReply;
    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);

    @Nullable
    String trouble = "not yet connected";

    boolean isClosed;

    FakeReplies(Consumer<InboundRecord> onReply) {
        this.onReply = onReply;
    }

    void becomeReady() {
        trouble = null;
        ready.complete(PARTITION);
    }

    @Override
    public CompletableFuture<Integer> ready() {
        return ready;
    }

    @Override
    public @Nullable String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    static Call callOf(FakePublisher.Sent sent) {
        DecodedCall decoded = new CallDecoder(WireLimits.DEFAULT)
                .decode(sent.inbound())
                .calls()
                .get(0);
        if (decoded instanceof DecodedCall.WellFormed wellFormed) {
            return wellFormed.call();
        }
        throw new AssertionError("not well-formed: " + decoded);
    }

    void answer(FakePublisher.Sent sent) {
        Call call = callOf(sent);
        answer(call, identityOf(call), true);
    }

    void answer(Call call, ReplyIdentity identity, boolean isFinal) {
        hand(call, reply(identity, Status.OK, "{\"content\":[]}", isFinal));
    }

    /** Asks for input. */
    void ask(Call call, String result) {
        hand(call, reply(identityOf(call), Status.INPUT_REQUIRED, result, true));
    }

    private void hand(Call call, Reply reply) {
        OutboundRecord record = codec.encode(reply, call.route());
        hand(record.value(), record.headers());
    }

    static Reply reply(ReplyIdentity identity, Status status, String result, boolean isFinal) {
        return new Reply(
                identity,
                status,
                RawJson.ofText(result),
                null,
                1,
                new ServedBy("w1", "none", null),
                new Timings(1, 2, 3),
                isFinal);
    }

    /** The reply to a call of an earlier life, as it stands on the topic. */
    static InboundRecord record(ToolCall call, long timestampMillis, boolean isFinal) {
        PendingCall.Identity identity = new CallIdentities("earlier").next(call);
        ReplyIdentity named =
                new ReplyIdentity(identity.id(), identity.correlationId(), "fs", "read_file", null, null, null);
        ReplyRoute route =
                new ReplyRoute(identity.correlationId().getBytes(StandardCharsets.UTF_8), null, null, List.of());
        OutboundRecord record =
                new ReplyCodec(WireLimits.DEFAULT).encode(reply(named, Status.OK, "{\"content\":[]}", isFinal), route);
        return new InboundRecord(
                new RecordPosition("replies", 1, 0), timestampMillis, null, record.value(), record.headers());
    }

    static ReplyIdentity identityOf(Call call) {
        return new ReplyIdentity(
                call.id(),
                CorrelationIds.text(call.route().correlationId()),
                call.target().server(),
                call.target().tool(),
                null,
                null,
                call.context().tenant());
    }

    static Headers headers(String name, String value) {
        return Headers.of(new Header(name, value.getBytes(StandardCharsets.UTF_8)));
    }

    void hand(byte @Nullable [] value, Headers headers) {
        onReply.accept(new InboundRecord(new RecordPosition("replies", PARTITION, 0), 0, null, value, headers));
    }
}
