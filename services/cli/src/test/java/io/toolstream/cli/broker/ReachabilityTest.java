package io.toolstream.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReachabilityTest {
    @Test
    void require_oneOfSeveralListens_isEnough() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listening = "127.0.0.1:" + socket.getLocalPort();

            assertThatCode(() -> Reachability.require(endpoint(closedPort() + "," + listening)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void require_nobodyListens_saysWhereAndWhoSaidSo() throws IOException {
        String address = closedPort();

        assertThatThrownBy(() -> Reachability.require(endpoint(address)))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.UNREACHABLE))
                .hasMessageContaining("cannot reach Kafka at " + address + " (from a test)")
                .hasMessageContaining("toolstream dev");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:", "localhost:x", ":9092", "a b:1", "http://localhost:1", "h:70000"})
    void require_whatIsNoAddress_isAMistakeOfUsage(String address) {
        assertThatThrownBy(() -> Reachability.require(endpoint(address)))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("HOST:PORT expected");
    }

    private static String closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static Endpoint endpoint(String bootstrapServers) {
        return new Endpoint(bootstrapServers, "from a test", "toolstream.", Map.of());
    }
}
