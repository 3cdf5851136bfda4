package io.toolstream.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * A receiver of spans that is away, says no or never answers: nobody waits for it, and the log stays short. What is given up
 * goes on being tried by threads that are left behind, and may be told of late: so tests that count lines come first.
 */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SpansThatCannotBeSentTest {
    private static final SpanStart CALL = new SpanStart(SpanStart.Kind.CLIENT, "call", Map.of());
    private static final int SPANS = 5_000;

    /** Whoever waited for the receiver would wait so long at least. */
    private static final Duration PATIENCE_OF_THE_EXPORTER = Duration.ofSeconds(8);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.toolstream.runtime.tracing");

    @BeforeEach
    void listen() {
        log.start();
        ours.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ours.detachAppender(log);
    }

    @Test
    @Order(3)
    void receiverThatIsNotThere_disturbsNobody() throws IOException {
        disturbsNobody(closedPort());
    }

    @Test
    @Order(2)
    void receiverThatIsNotThere_isGivenUpByACommandAtOnce() throws IOException {
        Tracing tracing = Tracing.ofCommand(to("http://127.0.0.1:" + closedPort()), "test");
        tracing.begin(CALL, Carried.NOTHING).end();

        tracing.close();

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("Failed to export spans")
                .doesNotContain("last spans");
    }

    @Test
    @Order(3)
    void receiverThatNeverAnswers_disturbsNobody() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            disturbsNobody(silent.getLocalPort());
        }
    }

    @Test
    @Order(1)
    void receiverThatSaysNo_isToldOfOnce() throws Exception {
        try (Refusing receiver = new Refusing();
                Tracing tracing = to(receiver.port())) {
            tracing.begin(CALL, Carried.NOTHING).end();
            await().until(() -> receiver.asked.get() == 1);
            tracing.begin(CALL, Carried.NOTHING).end();
            await().until(() -> receiver.asked.get() == 2);

            await().untilAsserted(
                            () -> assertThat(lines()).singleElement().asString().contains("400"));
        }
    }

    /**
     * Says no to whatever it is asked. By hand, since the JDK's server reads its limits once in a process: those that the
     * admin endpoint sets would come too late for its tests.
     */
    private static final class Refusing implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger asked = new AtomicInteger();

        Refusing() throws IOException {
            Thread thread = new Thread(this::serve, "refusing");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        private void serve() {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    refuse(socket);
                } catch (IOException e) {
                    // The client went away, or the test is over.
                }
            }
        }

        private void refuse(Socket socket) throws IOException {
            InputStream in = socket.getInputStream();
            int length = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String field = line.toLowerCase(Locale.ROOT);
                length = field.startsWith("content-length:")
                        ? Integer.parseInt(field.substring(15).strip())
                        : length;
            }
            if (in.readNBytes(length).length == length && length > 0) {
                asked.incrementAndGet();
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                line.append((char) b);
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private void disturbsNobody(int port) {
        Tracing tracing = to(port);
        long beganNanos = System.nanoTime();
        for (int i = 0; i < SPANS; i++) {
            tracing.begin(CALL, Carried.NOTHING).end();
        }
        assertThat(sinceNanos(beganNanos)).isLessThan(PATIENCE_OF_THE_EXPORTER);

        long closingNanos = System.nanoTime();
        tracing.close();

        assertThat(sinceNanos(closingNanos)).isLessThan(PATIENCE_OF_THE_EXPORTER);
        assertThat(lines()).hasSizeBetween(1, 2).last().isEqualTo("the last spans could not be sent");
        assertThat(List.copyOf(log.list))
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
    }

    private static Duration sinceNanos(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static Tracing to(int port) {
        return Tracing.of(to("http://127.0.0.1:" + port), "test");
    }

    private static Map<String, String> to(String endpoint) {
        return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_BSP_SCHEDULE_DELAY", "50");
    }

    /** Where nobody listens any more. */
    private static int closedPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
