package io.toolstream.mcp.auth;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request that may have to be sent twice: a server that answers 401, or 403 because the token's scopes do not suffice,
 * has not run it, so it goes out again, once, with a token or with another one. What is not about the token is passed on.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
final class AuthorizedExchange implements Exchange {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Link.Sender sender;
    private final TokenKeeper tokens;
    private final Outbound message;
    private final Consumer<Reply> onReply;
    private final AtomicBoolean isReplied = new AtomicBoolean();
    private volatile boolean isAborted;
    private volatile @Nullable Exchange sent;
    private volatile @Nullable Future<?> limit;

    AuthorizedExchange(Link.Sender sender, TokenKeeper tokens, Outbound message, Consumer<Reply> onReply) {
        this.sender = sender;
        this.tokens = tokens;
        this.message = message;
        this.onReply = onReply;
    }

    AuthorizedExchange start(ScheduledExecutorService timer) {
        Token token = tokens.last();
        if (token == null || token.isFresh(System.nanoTime())) {
            send(token, true, timer);
        } else {
            await(token, Challenge.NONE, timer);
        }
        return this;
    }

    private void await(@Nullable Token used, Challenge challenge, ScheduledExecutorService timer) {
        limitWait(timer);
        tokens.instead(used, challenge).whenComplete((token, failure) -> {
            Future<?> waiting = limit;
            if (waiting != null) {
                waiting.cancel(false);
                limit = null;
            }
            if (failure != null) {
                reply(new Reply.Failed(asMcp(failure)));
            } else if (!isReplied.get()) {
                send(token, false, timer);
            }
        });
    }

    /** Getting a token has limits of its own, but the message's deadline may be sooner. */
    private void limitWait(ScheduledExecutorService timer) {
        Runnable tooLate = () -> fail(Kind.TIMEOUT, "no access token in time");
        try {
            limit = timer.schedule(tooLate, message.deadlineNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            fail(Kind.CLOSED, "the client is closed");
        }
    }

    private void send(@Nullable Token token, boolean mayRepeat, ScheduledExecutorService timer) {
        Exchange exchange = sender.send(with(message, token), reply -> replied(token, mayRepeat, reply, timer));
        sent = exchange;
        if (isAborted) {
            exchange.abort();
        }
    }

    private void replied(@Nullable Token token, boolean mayRepeat, Reply reply, ScheduledExecutorService timer) {
        ReplyHead head = head(reply);
        if (head != null && head.status() == FORBIDDEN && token != null && !isAborted) {
            forbidden(token, mayRepeat, reply, Challenge.of(head.challenge()), timer);
        } else if (head == null || head.status() != UNAUTHORIZED || isAborted) {
            reply(reply);
        } else if (mayRepeat) {
            await(token, Challenge.of(head.challenge()), timer);
        } else {
            if (token != null) {
                tokens.refused(token);
            }
            reply(reply);
        }
    }

    /** One step up, to the scopes that the server asks for, where they are more than the token has and may be asked for. */
    private void forbidden(
            Token token, boolean mayRepeat, Reply reply, Challenge challenge, ScheduledExecutorService timer) {
        if (!challenge.isAboutScope()) {
            reply(reply);
            return;
        }
        Challenge more = challenge.besides(token.scopes());
        if (mayRepeat && tokens.mayStepUp() && !token.hasAll(more)) {
            await(token, more, timer);
        } else {
            reply(Reply.Failed.because(
                    Kind.UNAUTHORIZED,
                    Delivery.ANSWERED,
                    "the access token has not the scopes that the tool server wants: " + challenge.wanted()));
        }
    }

    private static @Nullable ReplyHead head(Reply reply) {
        if (reply instanceof Reply.Answered answered) {
            return answered.head();
        }
        return reply instanceof Reply.Refused refused ? refused.head() : null;
    }

    static Outbound with(Outbound message, @Nullable Token token) {
        return token == null
                ? message
                : new Outbound(
                        message.id(),
                        message.json(),
                        token.addTo(message.fields()),
                        message.answerBytes(),
                        message.deadlineNanos());
    }

    private void reply(Reply reply) {
        if (isReplied.compareAndSet(false, true)) {
            onReply.accept(reply);
        }
    }

    private void fail(Kind kind, String why) {
        reply(Reply.Failed.because(kind, Delivery.NOT_SENT, why));
    }

    private static McpException asMcp(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof McpException known
                ? known
                : new McpException(Kind.UNAUTHORIZED, Delivery.NOT_SENT, "no access token", cause);
    }

    @Override
    public void abort() {
        isAborted = true;
        Exchange exchange = sent;
        if (exchange != null) {
            exchange.abort();
        }
        Future<?> waiting = limit;
        if (waiting != null) {
            waiting.cancel(false);
            fail(Kind.CANCELLED, "cancelled while it waited for an access token");
        }
    }
}
