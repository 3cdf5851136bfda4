package io.toolstream.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.AdminSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over raw sockets: clients would not send what is refused here. */
final class AdminServerTest {
    private final HealthChecks health = new HealthChecks();
    private final AdminActions actions = new AdminActions();
    private final Meters meters = new Meters();
    private final AdminServer server;

    AdminServerTest() throws IOException {
        server = AdminServer.start(AdminSettings.DEFAULT, health, meters::scrape, actions);
    }

    @BeforeEach
    void isBoundToLoopback() {
        assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(server.address().getPort()).isPositive();
    }

    @AfterEach
    void close() {
        server.close();
        meters.close();
    }

    @Test
    void probes_goUpAndDownWithTheProcess() throws IOException {
        assertThat(get("/startupz"))
                .startsWith("HTTP/1.1 503")
                .endsWith("\n[-]start failed: the process is starting\nstartupz check failed\n");
        health.started();
        assertThat(get("/startupz")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nok\n");

        assertThat(get("/readyz")).startsWith("HTTP/1.1 200");
        health.draining();
        assertThat(get("/readyz"))
                .startsWith("HTTP/1.1 503")
                .endsWith("[-]accepting failed: the process is stopping\nreadyz check failed\n");
        assertThat(get("/livez")).startsWith("HTTP/1.1 200");
    }

    @Test
    void draining_withADelay_isNotReadyForThatLongBeforeItGoesOn() throws Exception {
        AdminSettings delayed = new AdminSettings(true, "127.0.0.1", 0, Duration.ofMillis(300));
        try (AdminServer other = AdminServer.start(delayed, health, meters::scrape, actions)) {
            long beganNanos = System.nanoTime();
            CompletableFuture<Void> drained = CompletableFuture.runAsync(health::draining);
            await().until(() -> get("/readyz").startsWith("HTTP/1.1 503"));

            drained.join();

            assertThat(other.address().getPort()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void readyz_verbose_tellsEachCheck() throws IOException {
        health.ready("producer", () -> Health.up("can send"));
        health.ready("consumer", Health::up);

        assertThat(get("/readyz?verbose"))
                .endsWith("\r\n\r\n[+]consumer ok\n[+]producer ok: can send\nreadyz check passed\n");
    }

    @Test
    void readyz_checkThatIsDownOrThrows_failsAndSaysWhich() throws IOException {
        health.ready("consumer", () -> Health.down("no partitions\r\nX: y"));
        health.ready("producer", () -> {
            throw new IllegalStateException("s3cret");
        });

        assertThat(get("/readyz")).startsWith("HTTP/1.1 503").endsWith("""
                        [-]consumer failed: no partitions  X: y
                        [-]producer failed: the check failed: IllegalStateException
                        readyz check failed
                        """);
    }

    @Test
    void livez_asksItsOwnChecksOnly() throws IOException {
        health.ready("consumer", () -> Health.down("no partitions"));
        health.live("poll thread", () -> Health.down("ended"));

        assertThat(get("/livez"))
                .startsWith("HTTP/1.1 503")
                .endsWith("[-]poll thread failed: ended\nlivez check failed\n");
    }

    @Test
    void metrics_answersInPrometheusText() throws IOException {
        assertThat(get("/metrics"))
                .startsWith("HTTP/1.1 200")
                .contains("text/plain; version=0.0.4; charset=utf-8")
                .contains("# HELP jvm_memory_used_bytes ")
                .doesNotContain("# EOF");
    }

    @Test
    void metrics_forWhoAcceptsOpenMetrics_areThat() throws IOException {
        String accept = "Accept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2\r\n";

        assertThat(exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n" + accept))
                .startsWith("HTTP/1.1 200")
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8")
                .endsWith("# EOF\n");
    }

    @Test
    void otherPathsAndMethods_areRefused() throws IOException {
        assertThat(get("/")).startsWith("HTTP/1.1 404").contains("/metrics");
        assertThat(get("/livez/../admin")).startsWith("HTTP/1.1 404");
        assertThat(exchange("POST /readyz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET");
    }

    @Test
    void actions_areDoneWhereTheyAreAskedForRightly() throws IOException {
        AtomicInteger done = new AtomicInteger();
        actions.act("/reload", () -> AdminAnswer.json(200, "{\"done\":" + done.incrementAndGet() + "}"));
        actions.look("/servers", () -> AdminAnswer.json(200, "[]"));

        assertThat(exchange("POST /reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("application/json")
                .endsWith("{\"done\":1}");
        assertThat(get("/servers")).startsWith("HTTP/1.1 200").endsWith("[]");
        assertThat(get("/reload")).startsWith("HTTP/1.1 405").contains("Allow: POST");
        assertThat(get("/")).contains("/reload /servers");
        assertThat(done).hasValue(1);
    }

    @Test
    void action_askedForByAPageInABrowser_isRefused() throws IOException {
        actions.act("/reload", () -> {
            throw new AssertionError("not to be done");
        });

        String origin = "Origin: http://evil.example.com\r\n";

        assertThat(exchange("POST /reload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n" + origin))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void action_thatMeetsABug_saysNothingOfIt() throws IOException {
        actions.look("/servers", () -> {
            throw new IllegalStateException("s3cret");
        });

        assertThat(get("/servers")).startsWith("HTTP/1.1 500").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:9090, 200",
        "127.0.0.1:1, 200",
        "[::1]:1, 200",
        "10.0.0.7, 200",
        "toolstream, 200",
        "toolstream.tools.svc:9090, 200",
        "evil.example.com, 421",
        "evil.example.com:9090, 421",
        "localhost.evil.com, 421",
        "127.0.0.1.evil.com, 421",
    })
    void host_thatSomebodyCouldRegister_isRefused(String host, int status) throws IOException {
        assertThat(exchange("GET /livez HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void host_twice_isRefused() throws IOException {
        assertThat(exchange("GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: evil.example.com\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void requestsThatNeverEnd_doNotKeepOthersOut() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = connect();
                socket.getOutputStream().write("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(get("/livez")).startsWith("HTTP/1.1 200"));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private String get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    }

    private String exchange(String head) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
