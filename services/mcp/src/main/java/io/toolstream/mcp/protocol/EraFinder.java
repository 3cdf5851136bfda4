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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in which era a server lives, once, and opens sessions of it: asks {@code server/discover}, which changes
 * nothing anywhere, and begins with {@code initialize} unless the answer is one of today. Forgets what it found when a
 * session turns out to be of no use, since servers are upgraded and rolled back.
 *
 * <p>A child that ends at the question (some do, at anything before {@code initialize}) is started again and not asked. One
 * that is silent for a while is sent {@code initialize} as well, and the first good answer counts: it reads both in order,
 * so that a slow one is not misjudged. Over HTTP silence says nothing about the era, but that {@code initialize} is worth a
 * try before giving up.
 *
 * <p>One session is opened at a time; {@code era} is volatile since {@link #doubt()} may come from another thread.
 */
final class EraFinder implements SessionOpener {
    private static final int ANSWER_BYTES = 1 << 20;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final McpClientSettings.TimeLimits times;
    private final Introduction introduction;
    private final Handshake handshake;
    private final Delays delays;
    private final Ids ids = new Ids();
    private final ToolBook book;
    private volatile @Nullable EraEvidence era;
    private volatile boolean wasLegacyDoubted;

    /**
     * @param limit for a handshake
     * @param requests answers what the server asks
     */
    EraFinder(
            McpClientSettings settings,
            Introduction introduction,
            Duration limit,
            ServerRequests requests,
            Delays delays) {
        this.times = settings.times();
        this.introduction = introduction;
        this.handshake = new Handshake(introduction, limit, ids, requests);
        this.delays = delays;
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
        link.allowBatches(false);
        return new ModernSession(link, book, ids, introduction);
    }

    private CompletableFuture<Session> find(Supplier<CompletableFuture<Link>> connect) {
        return connect.get().thenCompose(link -> {
            ModernSession session = modern(link);
            CompletableFuture<Reply> reply = ask(session);
            return link.isPrivate()
                    ? new Race(session, connect).run(reply)
                    : reply.thenCompose(answer -> found(session, answer, connect));
        });
    }

    private CompletableFuture<Reply> ask(ModernSession session) {
        CompletableFuture<Reply> replied = new CompletableFuture<>();
        long limitNanos = Math.min(times.probe().toNanos(), times.handshake().toNanos());
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
            case SILENCE -> {
                // What is told in the end is that the server was silent, not what became of the last try.
                return legacy(connect)
                        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(Replies.failure(reply)));
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
                .thenCompose(link -> shake(link)
                        .exceptionallyCompose(failure -> older(link, failure))
                        .exceptionallyCompose(failure -> notLegacy(link, Stages.cause(failure))));
    }

    /** A server that refuses {@code initialize} may be one of 2024-11-05. If it is not, its first word counts. */
    private CompletableFuture<Session> older(Link link, Throwable failure) {
        boolean isRefused = Stages.cause(failure) instanceof McpException known
                && known.kind() == Kind.SERVER_ERROR
                && known.delivery() == Delivery.ANSWERED
                && !isModern(known);
        return (isRefused ? link.older(UnaryOperator.identity()) : Optional.<CompletableFuture<Link>>empty())
                .map(opened -> opened.thenCompose(this::shake)
                        .exceptionallyCompose(
                                vain -> CompletableFuture.failedFuture(isAboutAccess(vain) ? vain : failure)))
                .orElseGet(() -> CompletableFuture.failedFuture(failure));
    }

    private static boolean isAboutAccess(Throwable failure) {
        return Stages.cause(failure) instanceof McpException known && known.kind() == Kind.UNAUTHORIZED;
    }

    private CompletableFuture<Session> shake(Link link) {
        return handshake.open(link, wasLegacyDoubted).thenApply(session -> {
            era = EraEvidence.LEGACY;
            return session;
        });
    }

    /** A child that was too slow to answer the question may turn out to be of today when it answers the handshake. */
    private CompletableFuture<Session> notLegacy(Link link, Throwable cause) {
        era = null;
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

    /** The question and, if it is not answered soon, the handshake, over one private link. */
    @SuppressWarnings("FutureReturnValueIgnored") // stages that only pass on
    private final class Race {
        private final ModernSession session;
        private final Supplier<CompletableFuture<Link>> connect;
        private final CompletableFuture<Session> opened = new CompletableFuture<>();
        private @Nullable CompletableFuture<Session> shaking;

        Race(ModernSession session, Supplier<CompletableFuture<Link>> connect) {
            this.session = session;
            this.connect = connect;
        }

        CompletableFuture<Session> run(CompletableFuture<Reply> reply) {
            Delays.Delay impatience = delays.after(PATIENCE_NANOS, () -> shakeToo(reply));
            reply.thenAccept(answer -> {
                impatience.cancel();
                answered(answer);
            });
            return opened;
        }

        private void shakeToo(CompletableFuture<Reply> reply) {
            if (reply.isDone()) {
                return;
            }
            CompletableFuture<Session> begun = handshake.open(session.link(), wasLegacyDoubted);
            synchronized (this) {
                shaking = begun;
            }
            begun.thenAccept(legacy -> {
                if (opened.complete(legacy)) {
                    era = EraEvidence.LEGACY;
                }
            });
        }

        /** A handshake that is under way is waited for rather than begun again. */
        private void answered(Reply answer) {
            CompletableFuture<Session> begun;
            synchronized (this) {
                begun = shaking;
            }
            boolean isLegacy = EraEvidence.of(answer, true) == EraEvidence.LEGACY;
            if (opened.isDone()) {
                return;
            }
            if (isLegacy && begun != null && session.link().isOpen()) {
                begun.exceptionallyCompose(failure -> notLegacy(session.link(), Stages.cause(failure)))
                        .whenComplete(this::passOn);
            } else {
                found(session, answer, connect).whenComplete(this::passOn);
            }
        }

        private void passOn(@Nullable Session found, @Nullable Throwable failure) {
            if (failure != null) {
                opened.completeExceptionally(Stages.cause(failure));
            } else if (found instanceof LegacySession && opened.complete(found)) {
                era = EraEvidence.LEGACY;
            } else if (found != null) {
                opened.complete(found);
            }
        }
    }
}
