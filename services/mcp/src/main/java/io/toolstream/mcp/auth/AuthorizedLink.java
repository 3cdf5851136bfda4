package io.toolstream.mcp.auth;

import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A link whose requests carry an access token once the server has asked for one. */
final class AuthorizedLink implements Link {
    private final Link link;
    private final TokenKeeper tokens;
    private final ScheduledExecutorService timer;
    private final UnaryOperator<Link> wrapper;

    /** @param wrapper makes the like of others */
    AuthorizedLink(Link link, TokenKeeper tokens, ScheduledExecutorService timer, UnaryOperator<Link> wrapper) {
        this.link = link;
        this.tokens = tokens;
        this.timer = timer;
        this.wrapper = wrapper;
    }

    boolean isOf(Link other) {
        return link == other;
    }

    @Override
    public boolean isOpen() {
        return link.isOpen();
    }

    @Override
    public boolean isPrivate() {
        return link.isPrivate();
    }

    @Override
    public Exchange request(Outbound message, Consumer<Reply> onReply) {
        return new AuthorizedExchange(link::request, tokens, message, onReply).start(timer);
    }

    @Override
    public Exchange listen(Outbound message, Consumer<Reply> onEnd) {
        return new AuthorizedExchange(link::listen, tokens, message, onEnd).start(timer);
    }

    @Override
    public CompletableFuture<Void> tell(Outbound message) {
        return link.tell(AuthorizedExchange.with(message, tokens.last()));
    }

    @Override
    public void allowBatches(boolean isAllowed) {
        link.allowBatches(isAllowed);
    }

    @Override
    public CompletableFuture<Void> endSession(HttpFields fields) {
        Token token = tokens.last();
        return link.endSession(token == null ? fields : token.addTo(fields));
    }

    @Override
    public Optional<CompletableFuture<Link>> older(UnaryOperator<Sender> through) {
        UnaryOperator<Sender> authorized = sender -> (message, onReply) ->
                new AuthorizedExchange(through.apply(sender), tokens, message, onReply).start(timer);
        return link.older(authorized).map(opened -> opened.thenApply(wrapper));
    }

    @Override
    public void discard(String reason) {
        link.discard(reason);
    }
}
