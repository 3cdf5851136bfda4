package io.toolstream.embedded.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.settings.RedisSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class EmbeddedRedisTest {
    @Test
    void begin_programOfTheMachine_orOfTheJar_answersWithThePasswordOnly() throws IOException {
        for (@Nullable String path : new @Nullable String[] {System.getenv("PATH"), null}) {
            try (EmbeddedRedis redis = EmbeddedRedis.begin(path)) {
                assertThat(redis.started().join()).isTrue();
                URI url = url(redis);
                String password = Objects.requireNonNull(url.getUserInfo()).substring(1);

                await().atMost(40, TimeUnit.SECONDS)
                        .ignoreExceptions()
                        .until(() -> ask(url, "AUTH " + password).equals("+OK"));
                assertThat(ask(url, "PING")).startsWith("-NOAUTH");
            }
        }
    }

    @Test
    void close_endsIt_andLeavesNothing() throws IOException {
        List<Path> before = directories();
        EmbeddedRedis redis = EmbeddedRedis.begin(System.getenv("PATH"));
        awaitUp(url(redis));

        redis.close();

        assertDown(url(redis));
        assertGone(before);
    }

    @Test
    void ownerIsKilled_redisEndsToo() throws IOException {
        List<Path> before = directories();
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedisChild.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        URI url;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(owner.getInputStream(), UTF_8))) {
            url = URI.create(Stream.generate(() -> line(out))
                    .filter(line -> line.startsWith("redis:"))
                    .findFirst()
                    .orElseThrow());
            awaitUp(url);
            owner.destroyForcibly();
        }

        assertDown(url);
        assertGone(before);
    }

    private static String line(BufferedReader out) {
        try {
            return Objects.requireNonNull(out.readLine(), "the child has ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitUp(URI url) {
        await().atMost(40, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(() -> ask(url, "PING").startsWith("-NOAUTH"));
    }

    private static void assertDown(URI url) {
        await().atMost(40, TimeUnit.SECONDS).until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
                return !socket.isConnected();
            } catch (IOException refused) {
                return true;
            }
        });
    }

    /** All but those of others before, which may be on their way. */
    private static void assertGone(List<Path> before) {
        await().atMost(40, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(before).containsAll(directories()));
    }

    private static URI url(EmbeddedRedis redis) {
        return URI.create(
                Objects.requireNonNull(redis.settings(RedisSettings.DEFAULT).url()));
    }

    /** The last answer's first line. */
    private static String ask(URI url, String... commands) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.setSoTimeout(5_000);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            String answer = "";
            for (String command : commands) {
                socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
                answer = String.valueOf(in.readLine());
            }
            return answer;
        }
    }

    private static List<Path> directories() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("toolstream-redis-"))
                    .sorted()
                    .toList();
        }
    }
}
