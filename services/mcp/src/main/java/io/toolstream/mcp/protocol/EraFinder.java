package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in which era a server lives, once, and opens sessions of it: asks {@code server/discover}, which changes
 * nothing anywhere, and begins with {@code initialize} unless the answer is one of today. Forgets what it found when a
 * session turns out to be of no use, since servers are upgraded and rolled back.
 *
 * <p>A child that ends at the question (some do, at anything before {@code initialize}) is started again and not asked.
 * One session is opened at a time; {@code era} is volatile since {@link #doubt()} may come from another thread.
 */
final class EraFinder implements SessionOpener {
    private static final int ANSWER_BYTES = 1 << 20;

    private final McpClientSettings.TimeLimits times;
    private final Introduction introduction;
    private final Handshake handshake;
    private final Ids ids = new Ids();
    private final ToolBook book;
    private volatile @Nullable EraEvidence era;
    private volatile boolean wasLegacyDoubted;

    /**
     * @param limit for a handshake
     * @param requests answers what the server asks
     */
    EraFinder(McpClientSettings settings, Introduction introduction, Duration limit, ServerRequests requests) {
        this.times = settings.times();
        this.introduction = introduction;
        this.handshake = new Handshake(introduction, limit, ids, requests);
        this.book = new ToolBook(settings.answers().depth());
    }

    @Override
    public void doubt() {
        wasLegacyDoubted = era == EraEvidence.LEGACY;
        era = null;
    }

    @Override
    public CompletableFuture<Session> open(Supplier<CompletableFuture<Link>> connect) {
        EraEvidence known = era;
        if (known == EraEvidence.MODERN) {
            return connect.get().thenApply(this::modern);
        }
        return known == EraEvidence.LEGACY ? legacy(connect) : find(connect);
    }

    private ModernSession modern(Link link) {
        return new ModernSession(link, book, ids, introduction);
    }

    private CompletableFuture<Session> find(Supplier<CompletableFuture<Link>> connect) {
        return connect.get().thenCompose(link -> {
            ModernSession session = modern(link);
            return ask(session).thenCompose(reply -> found(session, reply, connect));
        });
    }

    /** Over HTTP silence says nothing about the era, so the question has as long as a handshake has. */
    private CompletableFuture<Reply> ask(ModernSession session) {
        CompletableFuture<Reply> replied = new CompletableFuture<>();
        long limitNanos = (session.link().isPrivate() ? times.probe() : times.handshake()).toNanos();
        Outbound question = session.encode(new Command.Discover(), ANSWER_BYTES, System.nanoTime() + limitNanos);
        session.link().request(question, replied::complete);
        return replied;
    }

    private CompletableFuture<Session> found(
            ModernSession session, Reply reply, Supplier<CompletableFuture<Link>> connect) {
        switch (EraEvidence.of(reply, session.link().isPrivate())) {
            case MODERN -> {
                era = EraEvidence.MODERN;
                return CompletableFuture.completedFuture(session);
            }
            case LEGACY -> {
                return legacy(connect);
            }
            case STRANGE -> {
                String why = "the server speaks no protocol version that this client speaks";
                session.link().discard(why);
                return CompletableFuture.failedFuture(new McpException(Kind.PROTOCOL, Delivery.ANSWERED, why, null));
            }
            case NONE -> {
                return CompletableFuture.failedFuture(Replies.failure(reply));
            }
        }
        throw new IllegalStateException("no evidence is left");
    }

    private CompletableFuture<Session> legacy(Supplier<CompletableFuture<Link>> connect) {
        return connect.get()
                .thenCompose(link -> shaken(link)
                        .exceptionallyCompose(failure -> older(link, failure))
                        .exceptionallyCompose(failure -> notLegacy(link, failure)));
    }

    private CompletableFuture<Session> shaken(Link link) {
        return handshake.open(link, wasLegacyDoubted).thenApply(session -> {
            era = EraEvidence.LEGACY;
            return session;
        });
    }

    /** A server that refuses {@code initialize} may be one of 2024-11-05. If it is not, its first word counts. */
    private CompletableFuture<Session> older(Link link, Throwable failure) {
        boolean isRefused = Stages.cause(failure) instanceof McpException known
                && known.kind() == Kind.SERVER_ERROR
                && known.delivery() == Delivery.ANSWERED
                && !isModern(known);
        return (isRefused ? link.older() : Optional.<CompletableFuture<Link>>empty())
                .map(opened -> opened.thenCompose(this::shaken)
                        .exceptionallyCompose(vain -> CompletableFuture.failedFuture(failure)))
                .orElseGet(() -> CompletableFuture.failedFuture(failure));
    }

    /** A child that was too slow to answer the question may turn out to be of today when it answers the handshake. */
    private CompletableFuture<Session> notLegacy(Link link, Throwable failure) {
        era = null;
        Throwable cause = Stages.cause(failure);
        if (cause instanceof McpException known && isModern(known) && link.isOpen()) {
            era = EraEvidence.MODERN;
            return CompletableFuture.completedFuture(modern(link));
        }
        link.discard(String.valueOf(cause.getMessage()));
        return CompletableFuture.failedFuture(cause);
    }

    private static boolean isModern(McpException failure) {
        return failure.rpcCode() != null && failure.rpcCode() == Failures.UNSUPPORTED_VERSION;
    }
}
