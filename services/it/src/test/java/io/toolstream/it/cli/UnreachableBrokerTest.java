package io.toolstream.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnreachableBrokerTest {
    private final CommandRun command = new CommandRun(Map.of("XDG_RUNTIME_DIR", "/nonexistent"));

    @ParameterizedTest
    @ValueSource(strings = {"call demo echo", "tools ls"})
    void command_againstWhatListensButIsNoBroker_givesUpInSecondsAndExitsWith5(String words) throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + mute.getLocalPort();
            long startNanos = System.nanoTime();

            int exitCode = command.run((words + " --bootstrap " + address).split(" "));

            assertThat(exitCode).isEqualTo(5);
            assertThat(command.err())
                    .contains("cannot reach Kafka at " + address)
                    .doesNotContain("\tat ");
            assertThat(command.out()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(45));
        }
    }

    @Test
    void runWorker_againstNothing_saysSoAndExitsWith5() {
        int exitCode = command.run("run", "worker", "--bootstrap", "127.0.0.1:1");

        assertThat(exitCode).isEqualTo(5);
        assertThat(command.err()).contains("127.0.0.1:1").doesNotContain("\tat ");
    }
}
