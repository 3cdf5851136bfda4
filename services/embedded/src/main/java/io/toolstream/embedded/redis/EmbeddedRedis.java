package io.toolstream.embedded.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.runtime.Threads;
import io.toolstream.settings.RedisSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis on loopback with a password nobody else knows, which keeps nothing on disk and ends with this process, however that ends:
 * a shell beside it reads from a pipe that only we hold, and when that breaks it kills Redis and deletes its directory. Signals
 * for the whole group, as a terminal sends them, are not the shell's business: we end first.
 *
 * <p>Starts on a thread of its own; until it is up, and if it never is, there is simply no store to share.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final long CLOSE_SECONDS = 3;
    private static final int SECRET_BYTES = 24;

    /** First the program, then its directory. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            "$1" "$2/redis.conf" >/dev/null 2>&1 &
            redis=$!
            read -r nothing
            kill -9 $redis 2>/dev/null
            rm -rf -- "$2"
            """;

    private static final String CONFIGURATION = """
            bind 127.0.0.1
            port %d
            requirepass %s
            dir %s
            save ""
            appendonly no
            maxmemory 64mb
            maxmemory-policy allkeys-lru
            """;

    private final int port;
    private final String password;
    private final String secret;
    private final @Nullable String path;
    private final CompletableFuture<@Nullable Process> started = new CompletableFuture<>();

    private EmbeddedRedis(int port, @Nullable String path) {
        SecureRandom random = new SecureRandom();
        this.port = port;
        this.path = path;
        this.password = secret(random);
        this.secret = secret(random);
    }

    /** Begins to start one. {@code path}: where programs are looked for before the jar's is taken. */
    public static EmbeddedRedis begin(@Nullable String path) {
        EmbeddedRedis redis = new EmbeddedRedis(freePort(), path);
        Threads.daemons("embedded-redis").newThread(redis::start).start();
        return redis;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            log.debug("no free port", e);
            return 0;
        }
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Settings that lead to it; the rest is taken over. It may be up later than the worker, which does not wait for it. */
    public RedisSettings settings(RedisSettings others) {
        return others.at("redis://:" + password + "@127.0.0.1:" + port, secret).withoutWarmUp();
    }

    private void start() {
        try {
            started.complete(run());
        } catch (IOException | RuntimeException e) {
            log.info("No Redis is started, answers are kept in memory alone: {}", e.getMessage());
            started.complete(null);
        }
    }

    private Process run() throws IOException {
        Path directory = Files.createTempDirectory("toolstream-redis-");
        try {
            return run(RedisProgram.find(path, directory), directory);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(directory);
            throw e;
        }
    }

    private Process run(Path program, Path directory) throws IOException {
        Path configuration = directory.resolve("redis.conf");
        Files.createFile(
                configuration, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(configuration, CONFIGURATION.formatted(port, password, directory), UTF_8);
        return new ProcessBuilder("/bin/sh", "-c", SCRIPT, "sh", program.toString(), directory.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Completes with whether one was started; it may take a moment more until it answers. */
    public CompletableFuture<Boolean> started() {
        return started.thenApply(process -> process != null);
    }

    /** Ends it; waits until it has. */
    @Override
    public void close() {
        Process process =
                started.completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The embedded Redis did not end in time");
            }
        } catch (IOException e) {
            log.debug("the pipe was broken already", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
