package io.toolstream.worker.cache.redis;

import io.lettuce.core.RedisFuture;
import io.toolstream.settings.RedisSettings;
import io.toolstream.worker.cache.CacheKey;
import io.toolstream.worker.cache.KeptAnswer;
import io.toolstream.worker.cache.SharedTier;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in Redis. A command has {@code redis.timeout}; so many may be under way, the rest is a miss; five failures in a row
 * close the connections and everything is a miss until there are new ones. Reads ask for no more bytes than an answer may have,
 * whatever stands there. What is written is forgotten: nobody waits, nothing is tried again.
 */
public final class RedisTier implements SharedTier, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisTier.class);
    private static final int FAILURES_IN_A_ROW = 5;
    private static final Duration WRITES_REST = Duration.ofSeconds(1);
    private static final Optional<KeptAnswer> NOTHING = Optional.empty();

    private final RedisLink link;
    private final Envelope envelope;
    private final Bulkhead bulkhead;
    private final Gate reads;
    private final Gate writes;
    private final int mostBytes;
    private final Duration timeout;
    private final Executor callThreads;
    private final StoreObserver observer;

    /**
     * Begins to connect to the settings' url.
     *
     * @param prefix of all names in Redis
     * @param resultBytes of one answer, at most
     */
    public RedisTier(
            RedisSettings settings, String prefix, long resultBytes, Executor callThreads, StoreObserver observer) {
        this.envelope = new Envelope(new Seal(secret(settings)), prefix);
        this.bulkhead = new Bulkhead(settings.outstanding());
        this.reads = new Gate(FAILURES_IN_A_ROW, Duration.ZERO, System::nanoTime);
        this.writes = new Gate(FAILURES_IN_A_ROW, WRITES_REST, System::nanoTime);
        this.mostBytes = (int) Math.min(resultBytes + Envelope.OVERHEAD_BYTES, Integer.MAX_VALUE - 1);
        this.timeout = settings.timeout();
        this.callThreads = callThreads;
        this.observer = observer;
        this.link = new RedisLink(settings);
    }

    private static String secret(RedisSettings settings) {
        String secret = settings.secret() == null ? password(settings.url()) : settings.secret();
        if (secret == null) {
            log.warn("redis.secret is not set: whoever may write to this Redis may make up answers");
        }
        return secret == null ? "" : secret;
    }

    private static @Nullable String password(@Nullable String url) {
        String user = url == null ? null : URI.create(url).getUserInfo();
        return user == null ? null : user.substring(user.indexOf(':') + 1);
    }

    /** One line for people: whether it is used. */
    public String state() {
        return link.state();
    }

    /** Completes when the first attempt to connect has ended, one way or the other. */
    public CompletableFuture<Void> tried() {
        return link.tried();
    }

    /** Whether there are connections that work. */
    public boolean isConnected() {
        return link.lines() != null;
    }

    @Override
    public CompletableFuture<Optional<KeptAnswer>> find(CacheKey key) {
        Lines lines = link.lines();
        if (lines == null) {
            return CompletableFuture.completedFuture(NOTHING);
        }
        if (!bulkhead.tryRead()) {
            observer.saw(StoreEvent.REFUSED);
            return CompletableFuture.completedFuture(NOTHING);
        }
        return send(0, () -> lines.read(envelope.name(key), mostBytes + 1))
                .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .handleAsync((value, thrown) -> found(lines, key, value, thrown), callThreads);
    }

    /** Gives back its place in the bulkhead when it has ended, which may be long after nobody waits any more. */
    private <T> CompletableFuture<T> send(int size, Supplier<RedisFuture<T>> command) {
        CompletableFuture<T> sent;
        try {
            sent = command.get().toCompletableFuture();
        } catch (RuntimeException refused) {
            sent = CompletableFuture.failedFuture(refused);
        }
        return sent.whenComplete((done, thrown) -> bulkhead.ended(size));
    }

    private Optional<KeptAnswer> found(Lines lines, CacheKey key, byte @Nullable [] value, @Nullable Throwable thrown) {
        if (thrown != null) {
            observer.saw(thrown instanceof TimeoutException ? StoreEvent.LATE : StoreEvent.FAILED);
            if (reads.failed()) {
                link.broken(lines, thrown instanceof TimeoutException ? "it does not answer in time" : cause(thrown));
            }
            return NOTHING;
        }
        reads.succeeded();
        if (value == null || value.length == 0) {
            observer.saw(StoreEvent.MISS);
            return NOTHING;
        }
        Optional<KeptAnswer> answer = value.length > mostBytes ? NOTHING : envelope.open(key, value);
        observer.saw(answer.isPresent() ? StoreEvent.HIT : StoreEvent.FORGED);
        if (answer.isEmpty()) {
            delete(lines, key);
        }
        return answer;
    }

    private static String cause(Throwable thrown) {
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return String.valueOf(cause.getMessage());
    }

    private void delete(Lines lines, CacheKey key) {
        if (bulkhead.tryWrite(0)) {
            var unused = send(0, () -> lines.delete(envelope.name(key)));
        }
    }

    @Override
    public void keep(CacheKey key, KeptAnswer answer, Duration time) {
        Lines lines = link.lines();
        if (lines == null) {
            return;
        }
        int size = answer.result().length();
        if (!writes.isOpen() || !bulkhead.tryWrite(size)) {
            observer.saw(StoreEvent.DROPPED);
            return;
        }
        var unused = send(size, () -> lines.write(envelope.name(key), envelope.seal(key, answer), time))
                .whenComplete((done, thrown) -> written(thrown));
    }

    private void written(@Nullable Throwable thrown) {
        observer.saw(thrown == null ? StoreEvent.STORED : StoreEvent.DROPPED);
        if (thrown == null) {
            writes.succeeded();
        } else {
            writes.failed();
        }
    }

    /** Closes the connections; waits a little. */
    @Override
    public void close() {
        link.close();
    }
}
