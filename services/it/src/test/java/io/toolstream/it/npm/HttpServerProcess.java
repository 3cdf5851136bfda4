package io.toolstream.it.npm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The everything server over Streamable HTTP: a process of its own, ended by its own id. */
final class HttpServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private HttpServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The server takes no port 0, so a free one is looked up first. */
    static HttpServerProcess start(Path script) throws IOException {
        for (int tries = 1; ; tries++) {
            HttpServerProcess started = spawn(script, freePort());
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> started.isUp() || !started.process.isAlive());
            if (started.process.isAlive()) {
                return started;
            }
            if (tries == 3) {
                throw new IOException("it does not start, the last time on port " + started.port);
            }
        }
    }

    private static HttpServerProcess spawn(Path script, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(NpmServers.node(), script.toString(), "streamableHttp")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", String.valueOf(port));
        return new HttpServerProcess(builder.start(), port);
    }

    String url() {
        return "http://localhost:" + port + "/mcp";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isUp() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
