package io.toolstream.mcp.auth;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one token for a tool server: got when the server asks for one, by the first who needs it while the others wait, and
 * again some time before it ends. A refusal is remembered for a while, so that a server that refuses everything costs no
 * storm at the authorization server.
 *
 * <p>Any thread; nothing blocks. Fields are guarded by {@code this}, which is held for field access only; {@code token} is
 * also read without.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the last stages only pass on
final class TokenKeeper {
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Discovery discovery;
    private final TokenSource source;
    private volatile @Nullable Token token;
    private @Nullable CompletableFuture<Token> pending;
    private @Nullable AuthorizationServer server;
    private Challenge challenge = Challenge.NONE;
    private @Nullable McpException refusal;
    private long refusedUntilNanos;
    private boolean isClosed;

    TokenKeeper(Discovery discovery, TokenSource source) {
        this.discovery = discovery;
        this.source = source;
    }

    /** The token to go on with, which may be about to end; null before the server has asked for one. */
    @Nullable
    Token last() {
        return token;
    }

    /** Whether more scopes than the token has may be asked for: not where the operator has named those to ask for. */
    boolean mayStepUp() {
        return !source.hasFixedScopes();
    }

    /** A token in place of one that the server refused, or that is about to end; fails with an {@link McpException}. */
    CompletableFuture<Token> instead(@Nullable Token used, Challenge why) {
        CompletableFuture<Token> mine = new CompletableFuture<>();
        AuthorizationServer known;
        synchronized (this) {
            if (isClosed) {
                return CompletableFuture.failedFuture(closed());
            }
            Token current = token;
            if (current != null && !current.equals(used) && current.isFresh(System.nanoTime())) {
                return CompletableFuture.completedFuture(current);
            }
            if (refusal != null && System.nanoTime() - refusedUntilNanos < 0) {
                return CompletableFuture.failedFuture(refusal);
            }
            if (pending != null) {
                return pending;
            }
            pending = mine;
            challenge = why.equals(Challenge.NONE) ? challenge : why;
            // A token that was refused at once may be of an issuer that the server has left.
            boolean isRefused = used != null && used.equals(token) && used.isFresh(System.nanoTime());
            server = isRefused && !why.isAboutScope() ? null : server;
            known = server;
            why = challenge;
        }
        get(known, why).whenComplete((got, failure) -> settle(mine, got, failure));
        return mine;
    }

    private CompletableFuture<Token> get(@Nullable AuthorizationServer known, Challenge why) {
        CompletableFuture<AuthorizationServer> found =
                known == null ? discovery.run(why) : CompletableFuture.completedFuture(known);
        return found.thenCompose(from -> {
            synchronized (this) {
                server = from;
            }
            return source.ask(from, why);
        });
    }

    private void settle(CompletableFuture<Token> mine, @Nullable Token got, @Nullable Throwable failure) {
        McpException why = failure == null ? null : refused(failure);
        synchronized (this) {
            pending = null;
            if (why != null) {
                remember(why);
            } else {
                token = got;
            }
        }
        if (why != null) {
            mine.completeExceptionally(why);
        } else if (got != null) {
            mine.complete(got);
        }
    }

    private void remember(McpException why) {
        refusal = why;
        refusedUntilNanos = System.nanoTime() + REFUSED_NANOS;
        server = null;
    }

    /** The server does not take a token that is brand-new: another one would not help. */
    synchronized void refused(Token fresh) {
        if (fresh.equals(token)) {
            token = null;
            remember(new McpException(
                    Kind.UNAUTHORIZED, Delivery.NOT_SENT, "the tool server refused a new access token", null));
        }
    }

    /** Fails those who wait. */
    void close() {
        CompletableFuture<Token> waiting;
        synchronized (this) {
            isClosed = true;
            waiting = pending;
        }
        if (waiting != null) {
            waiting.completeExceptionally(closed());
        }
    }

    private static McpException closed() {
        return new McpException(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed", null);
    }

    private static McpException refused(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new McpException(Kind.UNAUTHORIZED, Delivery.NOT_SENT, "no access token: " + cause.getMessage(), cause);
    }
}
