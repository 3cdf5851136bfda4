package io.toolstream.embedded.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Exit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class EmbeddedBrokerTest {

    @Test
    void start_withoutDirectory_takesRecordsAndLeavesNothing() {
        Set<Thread> before = userThreads();
        Path directory;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary());
                BrokerProbe probe = new BrokerProbe(broker.bootstrapServers())) {
            directory = broker.dataDirectory();
            probe.createTopic("calls");

            probe.produce("calls", "a", "b");

            assertThat(probe.consume("group", "calls", 2)).containsExactly("a", "b");
            assertThat(broker.terminated()).isNotDone();
        }
        assertThat(directory).doesNotExist();
        assertThat(userThreads()).isSubsetOf(before);
    }

    @Test
    void start_sameDirectoryAgain_keepsTopicsRecordsOffsetsAndClusterId(@TempDir Path directory) {
        String clusterId;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.at(directory));
                BrokerProbe probe = new BrokerProbe(broker.bootstrapServers())) {
            clusterId = broker.clusterId();
            probe.createTopic("calls");
            probe.produce("calls", "a", "b");
            assertThat(probe.consume("group", "calls", 2)).containsExactly("a", "b");
            probe.produce("calls", "c");
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.at(directory));
                BrokerProbe probe = new BrokerProbe(broker.bootstrapServers())) {
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            assertThat(probe.consume("group", "calls", 1)).containsExactly("c");
            assertThat(probe.consume("other group", "calls", 3)).containsExactly("a", "b", "c");
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void start_afterAKill_keepsEverythingAndWaitsForNobody(@TempDir Path directory) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process child = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerChild.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = child.inputReader(UTF_8)) {
            assertThat(out.lines()).contains("produced");
        }
        assertThat(child.waitFor()).isNotZero();

        try (EmbeddedBroker broker = EmbeddedBroker.start(
                        new BrokerSettings(directory, 0, Duration.ofSeconds(8), Duration.ofSeconds(10)));
                BrokerProbe probe = new BrokerProbe(broker.bootstrapServers())) {
            assertThat(probe.consume("group", "calls", 2)).containsExactly("a", "b");
            probe.produce("calls", "c");
            assertThat(probe.consume("group", "calls", 1)).containsExactly("c");
        }
    }

    @Test
    void start_wantedPortFree_takesIt() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(BrokerSettings.temporary().withPort(free))) {
            assertThat(broker.port()).isEqualTo(free);
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + free);
        }
    }

    @Test
    void start_wantedPortBusy_takesAnother() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmbeddedBroker broker =
                        EmbeddedBroker.start(BrokerSettings.temporary().withPort(busy.getLocalPort()));
                BrokerProbe probe = new BrokerProbe(broker.bootstrapServers())) {
            assertThat(broker.port()).isPositive().isNotEqualTo(busy.getLocalPort());
            probe.createTopic("calls");
        }
    }

    @Test
    void start_twoAtOnce_areTwoClusters() {
        try (EmbeddedBroker two = EmbeddedBroker.start(BrokerSettings.temporary());
                BrokerProbe second = new BrokerProbe(two.bootstrapServers())) {
            try (EmbeddedBroker one = EmbeddedBroker.start(BrokerSettings.temporary());
                    BrokerProbe first = new BrokerProbe(one.bootstrapServers())) {
                assertThat(one.clusterId()).isNotEqualTo(two.clusterId());
                first.createTopic("calls");
                second.createTopic("calls");
                first.produce("calls", "first");
                second.produce("calls", "second");
                assertThat(first.consume("group", "calls", 1)).containsExactly("first");
            }

            assertThat(second.consume("group", "calls", 1)).containsExactly("second");
        }
    }

    @Test
    void start_directoryInUse_saysSo(@TempDir Path directory) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.at(directory));
                BrokerProbe probe = new BrokerProbe(broker.bootstrapServers())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.at(directory)))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use");
            probe.createTopic("calls");
        }
        EmbeddedBroker.start(BrokerSettings.at(directory)).close();
    }

    @Test
    void start_directoryIsAFile_saysSo(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerSettings.at(file)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void start_brokenMetadata_failsAndLeavesNoThread(@TempDir Path directory) throws IOException {
        EmbeddedBroker.start(BrokerSettings.at(directory)).close();
        Set<Thread> before = userThreads();
        breakMetadata(directory);

        BrokerException failure =
                catchThrowableOfType(BrokerException.class, () -> EmbeddedBroker.start(BrokerSettings.at(directory)));

        assertThat(failure).isNotNull();
        assertThat(userThreads()).isSubsetOf(before);
    }

    /** However far it has come by then; it ends what it has begun, and begins nothing more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 150, 500})
    void start_tooSlow_givesUpAndLeavesNoThread(int millis) {
        Set<Thread> before = userThreads();
        BrokerSettings impatient = new BrokerSettings(null, 0, Duration.ofMillis(millis), Duration.ofSeconds(20));

        try {
            EmbeddedBroker.start(impatient).close();
            assertThat(millis).as("that it was quick enough").isGreaterThan(1);
        } catch (BrokerException tooSlow) {
            assertThat(tooSlow).hasMessageContaining("roker");
        }

        assertThat(threadsOfBrokers()).isEmpty();
        assertThat(userThreads()).isSubsetOf(before);
    }

    @Test
    void close_withClientsConnected_endsWithinItsTime() {
        EmbeddedBroker broker =
                EmbeddedBroker.start(new BrokerSettings(null, 0, Duration.ofSeconds(60), Duration.ofSeconds(60)));
        try (BrokerProbe probe = new BrokerProbe(broker.bootstrapServers())) {
            probe.createTopic("calls");
            probe.produce("calls", "a");
            long startNanos = System.nanoTime();

            broker.close();

            assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                    .as("less than half of its time, after which it no longer waits")
                    .isLessThan(Duration.ofSeconds(25));
            assertThat(broker.terminated()).isCompleted();
        }
    }

    @Test
    void close_callerInterrupted_stillCloses() {
        Set<Thread> before = userThreads();
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary());
        Thread.currentThread().interrupt();

        broker.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(userThreads()).isSubsetOf(before);
    }

    @Test
    void exit_askedForOnABrokerThread_failsTheBrokerAndNotTheProcess() throws TimeoutException {
        BrokerThreads threads = new BrokerThreads("test");

        threads.run("worker", Duration.ofSeconds(30), Duration.ZERO, () -> new Thread(() -> Exit.halt(1)).start());

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(threads.fault()).isCompletedExceptionally());
    }

    private static void breakMetadata(Path directory) throws IOException {
        Path log = directory.resolve("__cluster_metadata-0");
        try (var files = Files.list(log)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(log);
        Files.writeString(log, "not a directory");
    }

    /** Those that start one, which are daemons, too. */
    private static List<Thread> threadsOfBrokers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() instanceof BrokerThreads)
                .filter(thread -> thread.getName().equals("start"))
                .toList();
    }

    private static Set<Thread> userThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
