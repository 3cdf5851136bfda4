package io.toolstream.bench.stub;

import io.toolstream.testkit.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The machine's own {@code redis-server} behind a proxy, that can be told to fail and to be well again. */
public final class FaultyRedis implements AutoCloseable {
    private static final Duration SLOW = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofMillis(200);
    private static final int FLUSH_MILLIS = 100;

    private final Path directory;
    private final RedisServer redis;
    private final SlowProxy proxy;
    private final ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "flush-redis");
        thread.setDaemon(true);
        return thread;
    });
    private volatile RedisFault fault = RedisFault.NONE;

    private FaultyRedis(Path directory, RedisServer redis) throws IOException {
        this.directory = directory;
        this.redis = redis;
        this.proxy = new SlowProxy(redis.port());
        var unused = flusher.scheduleWithFixedDelay(this::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Blocks until it answers. Fails where there is no such program. */
    public static FaultyRedis start() throws IOException {
        Path directory = Files.createTempDirectory("toolstream-faulty-redis-");
        RedisServer redis =
                RedisServer.start(directory).orElseThrow(() -> new IOException("there is no redis-server on the PATH"));
        return new FaultyRedis(directory, redis);
    }

    public URI url() {
        return URI.create("redis://:" + RedisServer.PASSWORD + "@127.0.0.1:" + proxy.port());
    }

    /** From now on. */
    public synchronized void fail(RedisFault other) {
        try {
            recover();
            fault = other;
            switch (other) {
                case NONE, FLUSHED -> {}
                case SLOW -> proxy.delay(SLOW);
                case LATE -> proxy.delay(LATE);
                case STOPPED -> redis.freeze();
                case KILLED -> redis.kill();
                case READ_ONLY -> command("REPLICAOF", "127.0.0.1", "1");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void recover() throws IOException {
        switch (fault) {
            case NONE, FLUSHED -> {}
            case SLOW, LATE -> proxy.delay(Duration.ZERO);
            case STOPPED -> redis.thaw();
            case KILLED -> redis.startAgain();
            case READ_ONLY -> command("REPLICAOF", "NO", "ONE");
        }
    }

    private void flush() {
        if (fault == RedisFault.FLUSHED) {
            try {
                command("FLUSHALL");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A fault that did not take place would be measured as one that does no harm. */
    private void command(String... words) throws IOException {
        String answer = redis.command(words);
        if (!answer.startsWith("+OK")) {
            throw new IOException(words[0] + ": " + answer);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        flusher.shutdownNow();
        if (fault == RedisFault.STOPPED) {
            redis.thaw();
        }
        redis.close();
        proxy.close();
        Files.deleteIfExists(directory);
    }
}
