package io.toolstream.mcp.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.testkit.TlsIdentity;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateWatchTest {
    private final List<String> said = new ArrayList<>();

    private CertificateWatch watch(Duration fromNow) {
        Instant now = Instant.now().plus(fromNow);
        return new CertificateWatch("tools.example:443", InstantSource.fixed(now), said::add);
    }

    @Test
    void certificateThatEndsSoon_isSaidOnce(@TempDir Path folder) throws Exception {
        TlsIdentity identity = TlsIdentity.ending(folder, "localhost", 30);
        try (ServerSocket listener = identity.listener();
                SSLSocket socket = connected(identity, listener.getLocalPort())) {
            Thread server = new Thread(() -> accept(listener));
            server.start();
            socket.startHandshake();

            watch(Duration.ofDays(15)).look(socket.getSession());
            assertThat(said).isEmpty();

            CertificateWatch late = watch(Duration.ofDays(17));
            late.look(socket.getSession());
            late.look(socket.getSession());
            assertThat(said).singleElement().asString().contains("tools.example:443");
            server.join();
        }
    }

    private static void accept(ServerSocket listener) {
        try (SSLSocket accepted = (SSLSocket) listener.accept()) {
            accepted.startHandshake();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLSocket connected(TlsIdentity identity, int port) throws Exception {
        SSLContext context = identity.trusting();
        return (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    }
}
