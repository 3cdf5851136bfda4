package io.toolstream.worker.cache.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.toolstream.runtime.Threads;
import io.toolstream.settings.RedisSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to Redis: connections that work, or none. Lettuce's own reconnecting is off, since it would keep commands for later:
 * what is broken is closed with all that is under way on it, and a thread of its own tries again, once a second, until a command is
 * answered within the time that commands have. Until then there are no lines, and nobody waits for any.
 *
 * <p>Any thread may ask or report; {@link #close} blocks.
 */
final class RedisLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final int PROBES = 2;

    private final RedisSettings settings;
    private final Notices notices = new Notices(System::nanoTime);
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Threads.daemons("redis"));
    private final AtomicReference<@Nullable Lines> lines = new AtomicReference<>();
    private final CompletableFuture<Void> tried = new CompletableFuture<>();
    private volatile String state = "not connected yet";
    private @Nullable RedisClient client;

    /** Begins to connect. The settings have a url. */
    RedisLink(RedisSettings settings) {
        this.settings = settings;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.execute(this::connect);
    }

    /** Null while there are none that work. */
    @Nullable
    Lines lines() {
        return lines.get();
    }

    /** Completes when the first attempt to connect has ended, one way or the other. */
    CompletableFuture<Void> tried() {
        return tried;
    }

    /** One line for people. */
    String state() {
        return state;
    }

    /** These do not work. */
    void broken(Lines which, String why) {
        if (!lines.compareAndSet(which, null)) {
            return;
        }
        state = "lost: " + why;
        notices.tell(() -> log.warn("Redis is not used for now: {}", why));
        which.close();
        retry();
    }

    private void retry() {
        try {
            var unused = thread.schedule(this::connect, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            log.trace("closed");
        }
    }

    private void connect() {
        List<StatefulRedisConnection<byte[], byte[]>> made = new ArrayList<>();
        try {
            while (made.size() < settings.connections()) {
                made.add(connection());
            }
            lines.set(new Lines(made));
            state = "connected";
            notices.tell(() -> log.info("Redis is used for answers that workers share"));
            tried.complete(null);
        } catch (ExecutionException | TimeoutException | RuntimeException | LinkageError e) {
            failed(made, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(made, e);
        }
    }

    private void failed(List<StatefulRedisConnection<byte[], byte[]>> made, Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        new Lines(made).close();
        if (!state.equals(why)) {
            notices.tell(() -> log.warn("Redis cannot be used, answers are kept in memory alone: {}", why));
        }
        state = why;
        tried.complete(null);
        retry();
    }

    /** One that is answered in time: the first question also loads classes, the second is judged. */
    private StatefulRedisConnection<byte[], byte[]> connection()
            throws ExecutionException, TimeoutException, InterruptedException {
        RedisURI uri = RedisURI.create(Objects.requireNonNull(settings.url()));
        uri.setTimeout(CONNECT_LIMIT);
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting =
                client().connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
        StatefulRedisConnection<byte[], byte[]> connection;
        try {
            connection = connecting.get(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            var unused = connecting.thenCompose(StatefulRedisConnection::closeAsync);
            throw late;
        }
        try {
            ping(connection, CONNECT_LIMIT);
            ping(connection, settings.timeout());
            return connection;
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            var unused = connection.closeAsync();
            throw e;
        }
    }

    private static void ping(StatefulRedisConnection<byte[], byte[]> connection, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        connection.async().ping().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private RedisClient client() {
        RedisClient known = client;
        if (known == null) {
            known = RedisClient.create();
            known.setOptions(options());
            client = known;
        }
        return known;
    }

    /** Each command has its own time elsewhere; here nothing is kept for later. */
    private ClientOptions options() {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(settings.outstanding() + PROBES)
                .protocolVersion(ProtocolVersion.RESP2)
                .publishOnScheduler(false)
                .timeoutOptions(TimeoutOptions.create())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_LIMIT)
                        .keepAlive(true)
                        .build())
                .build();
    }

    @Override
    public void close() {
        thread.shutdown();
        Lines open = lines.getAndSet(null);
        if (open != null) {
            open.close();
        }
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
            shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a little, for what is under way to be told that it is over. */
    private void shutdown() throws InterruptedException {
        RedisClient made = client;
        if (made == null) {
            return;
        }
        try {
            made.shutdownAsync(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("the client of Redis did not end in good order", e);
        }
    }
}
