package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Inbox;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The transport of 2024-11-05: one GET stream on which the server names the endpoint for messages and gives all answers,
 * and a POST for each message. Many requests are under way, matched by id. Open until its stream ends; never again.
 *
 * <p>The stream belongs to its connection's event loop; requests come from any thread and meet it in {@code pending}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the last stage only acts
final class EventStreamLink implements Link, AnswerReader {
    private static final byte[] NOTHING = {};

    private final HttpTransport transport;
    private final Inbox inbox;
    private final Map<Long, PostedExchange> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<Link> opened = new CompletableFuture<>();
    private volatile @Nullable RequestHead post;
    private volatile @Nullable Exchange stream;
    private volatile boolean isOpen = true;

    EventStreamLink(HttpTransport transport, Inbox inbox) {
        this.transport = transport;
        this.inbox = inbox;
    }

    /** Completes when the server has named its endpoint; fails with an {@link McpException} only. */
    CompletableFuture<Link> open(Duration limit, UnaryOperator<Sender> through) {
        Outbound get = new Outbound(
                Outbound.NO_ID, NOTHING, HttpFields.NONE, 0, System.nanoTime() + StandingReader.FOR_EVER.toNanos());
        Exchange asking = through.apply((message, onReply) -> transport.stand(message, this, onReply))
                .send(get, this::ended);
        stream = asking;
        Future<?> late = transport
                .timer()
                .schedule(() -> fail("no endpoint was named in time"), limit.toNanos(), TimeUnit.NANOSECONDS);
        opened.whenComplete((link, failure) -> late.cancel(false));
        return opened;
    }

    @Override
    public @Nullable Reply refusal(ResponseHead head, Outbound message) {
        return null;
    }

    @Override
    public AnswerBody body(ResponseHead head, Outbound message) {
        boolean isStream = head.reply().isSuccess() && head.reply().mediaType().equals(ResponseHead.EVENT_STREAM);
        return isStream ? new Events() : new IgnoredBody(head.reply(), 0);
    }

    /** The server says something when it has something to say. */
    @Override
    public long firstByteNanos() {
        return StandingReader.FOR_EVER.toNanos();
    }

    @Override
    public long idleNanos() {
        return StandingReader.FOR_EVER.toNanos();
    }

    /** The stream while it comes in. */
    private final class Events implements AnswerBody, SseReader.Events {
        private final SseReader reader = new SseReader(transport.largestMessage());

        @Override
        public @Nullable Reply feed(ByteBuf part) {
            return reader.feed(part, this) == SseReader.State.MORE ? null : end();
        }

        @Override
        public Reply end() {
            return Reply.Failed.because(Kind.CONNECTION_LOST, Delivery.MAYBE, "the event stream ended");
        }

        @Override
        public boolean onMessage(byte[] data) {
            received(transport.wire().reader().read(data, 0, data.length));
            return isOpen;
        }

        @Override
        public boolean onOther(String type, byte[] data) {
            if (type.equals("endpoint")) {
                named(new String(data, StandardCharsets.UTF_8).strip());
            }
            return isOpen;
        }
    }

    private void named(String reference) {
        RequestHead head = transport.heads().postTo(reference);
        if (head == null) {
            fail("the server named an endpoint that is not its own");
        } else if (post == null) {
            post = head;
            opened.complete(this);
        }
    }

    private void received(RpcMessage message) {
        if (message instanceof RpcMessage.Response response) {
            PostedExchange asked = pending.get(response.id());
            if (asked == null || !asked.finish(new Reply.Answered(response, ReplyHead.NONE))) {
                transport.anomalies().strayAnswer();
            }
        } else if (message instanceof RpcMessage.Unreadable) {
            transport.anomalies().unreadable();
        } else {
            inbox.accept(this, message);
        }
    }

    private void ended(Reply reply) {
        isOpen = false;
        McpException failure =
                reply instanceof Reply.Failed failed ? failed.failure() : refused(((Reply.Refused) reply).head());
        opened.completeExceptionally(failure);
        for (PostedExchange lost : List.copyOf(pending.values())) {
            lost.finish(Reply.Failed.because(Kind.CONNECTION_LOST, Delivery.MAYBE, "the event stream ended"));
        }
    }

    private static McpException refused(ReplyHead head) {
        boolean isAboutAccess = head.status() == 401 || head.status() == 403;
        Kind kind = isAboutAccess ? Kind.UNAUTHORIZED : Kind.SERVER_ERROR;
        return new McpException(kind, Delivery.ANSWERED, "no event stream: " + head, null);
    }

    private void fail(String why) {
        isOpen = false;
        opened.completeExceptionally(new McpException(Kind.PROTOCOL, Delivery.ANSWERED, why, null));
        Exchange broken = stream;
        if (broken != null) {
            broken.abort();
        }
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean isPrivate() {
        return true;
    }

    @Override
    public Exchange request(Outbound message, Consumer<Reply> onReply) {
        PostedExchange exchange = new PostedExchange(onReply, () -> pending.remove(message.id()));
        RequestHead head = post;
        if (!isOpen || head == null) {
            exchange.finish(
                    Reply.Failed.because(Kind.CONNECTION_LOST, Delivery.NOT_SENT, "the event stream has ended"));
            return exchange;
        }
        pending.put(message.id(), exchange);
        exchange.limit(transport.timer(), message.deadlineNanos());
        exchange.posted(transport.submit(head, bare(message), transport.wire(), exchange::onPosted));
        if (!isOpen) {
            exchange.finish(Reply.Failed.because(Kind.CONNECTION_LOST, Delivery.MAYBE, "the event stream ended"));
        }
        return exchange;
    }

    /** The stream is there anyway. */
    @Override
    public Exchange listen(Outbound message, Consumer<Reply> onEnd) {
        return message.isRequest() ? request(message, onEnd) : () -> {};
    }

    /** Its answer does not come where it is sent. */
    private static Outbound bare(Outbound message) {
        return new Outbound(Outbound.NO_ID, message.json(), message.fields(), 0, message.deadlineNanos());
    }

    @Override
    public CompletableFuture<Void> tell(Outbound message) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        RequestHead head = post;
        if (!isOpen || head == null) {
            told.complete(null);
        } else {
            transport.submit(head, message, transport.wire(), reply -> told.complete(null));
        }
        return told;
    }

    /** The session is the stream. */
    @Override
    public CompletableFuture<Void> endSession(HttpFields fields) {
        fail("the session has ended");
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void discard(String reason) {
        fail(reason);
    }
}
