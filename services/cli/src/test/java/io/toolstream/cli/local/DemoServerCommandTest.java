package io.toolstream.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.CliRun;
import io.toolstream.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class DemoServerCommandTest {
    @Test
    void demoServer_onAPortThatIsTaken_saysSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CliRun.Result result = new CliRun(endpoint -> {
                        throw new AssertionError("nothing is to be connected");
                    })
                    .run("demo-server", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(result.err())
                    .contains("cannot listen on port " + taken.getLocalPort())
                    .contains("in use");
            assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE.number());
        }
    }
}
