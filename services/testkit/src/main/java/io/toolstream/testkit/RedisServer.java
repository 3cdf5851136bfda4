package io.toolstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A {@code redis-server} of a test's own on loopback, which keeps nothing on disk: to be stopped, frozen, started again and spoken
 * to directly. Methods block.
 */
public final class RedisServer implements AutoCloseable {
    /** A canary: no log may show it. */
    public static final String PASSWORD = "canary-password-4711";

    private static final long UP_SECONDS = 20;
    private static final int PATIENCE_MILLIS = 5_000;

    private final Path directory;
    private final int port;
    private final int tlsPort;
    private final List<String> options;
    private Process process;

    private RedisServer(Path directory, int tlsPort, List<String> options) throws IOException {
        this.directory = directory;
        this.port = freePortBut(tlsPort);
        this.tlsPort = tlsPort;
        this.options = List.copyOf(options);
        this.process = spawn();
    }

    /** Empty if there is no such program on this machine. */
    public static Optional<RedisServer> start(Path directory) throws IOException {
        if (!isInstalled()) {
            return Optional.empty();
        }
        RedisServer redis = new RedisServer(directory, 0, List.of());
        redis.awaitUp();
        return Optional.of(redis);
    }

    /** One that can be reached over TLS, too; empty if there is none on this machine that can. */
    public static Optional<RedisServer> startWithTls(Path directory, TlsIdentity identity) throws IOException {
        if (!isInstalled()) {
            return Optional.empty();
        }
        int tlsPort = freePort();
        List<String> options = new ArrayList<>(List.of("--tls-port", Integer.toString(tlsPort)));
        options.addAll(List.of("--tls-cert-file", identity.certificate().toString()));
        options.addAll(List.of("--tls-key-file", identity.key().toString()));
        options.addAll(List.of("--tls-auth-clients", "no"));
        RedisServer redis = new RedisServer(directory, tlsPort, options);
        try {
            redis.awaitUp();
            return Optional.of(redis);
        } catch (IOException withoutTls) {
            redis.kill();
            return Optional.empty();
        }
    }

    private static boolean isInstalled() {
        try {
            Process version = new ProcessBuilder("redis-server", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.onExit().get(10, TimeUnit.SECONDS).exitValue() == 0;
        } catch (Exception missing) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int freePortBut(int other) throws IOException {
        int port = freePort();
        return port == other ? freePortBut(other) : port;
    }

    private Process spawn() throws IOException {
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--requirepass", PASSWORD));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public int port() {
        return port;
    }

    /** With the password. */
    public String url() {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    }

    /** Over TLS, as this user; the certificate names {@code localhost}. */
    public String url(String user, String password) {
        return "rediss://" + user + ":" + password + "@localhost:" + tlsPort;
    }

    /** Stands still from here on, with all its connections. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    public void thaw() throws IOException {
        signal("CONT");
    }

    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** After it was killed: on the same port, with nothing in it. */
    public void startAgain() throws IOException {
        process = spawn();
        awaitUp();
    }

    private void awaitUp() throws IOException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(UP_SECONDS);
        while (!isUp()) {
            if (System.nanoTime() - deadlineNanos > 0 || !process.isAlive()) {
                throw new IOException("redis-server does not answer");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean isUp() {
        try {
            return command("PING").equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .onExit()
                .join();
    }

    /** One command on a connection of its own; the first line of what comes back. */
    public String command(String... words) throws IOException {
        return reply(words).get(0);
    }

    /** Of everything in it. */
    public List<String> names() throws IOException {
        return reply("KEYS", "*").stream()
                .filter(line -> !line.startsWith("*") && !line.startsWith("$"))
                .toList();
    }

    /** Connections of others to it. */
    public int connections() throws IOException {
        return (int) reply("CLIENT", "LIST").stream()
                        .filter(line -> line.startsWith("id="))
                        .count()
                - 1;
    }

    private List<String> reply(String... words) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(encoded("AUTH", PASSWORD));
            socket.getOutputStream().write(encoded(words));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            in.readLine();
            List<String> lines = new ArrayList<>();
            lines.add(String.valueOf(in.readLine()));
            String first = lines.get(0);
            int more = first.startsWith("*") ? 2 * Integer.parseInt(first.substring(1)) : 0;
            for (int i = 0; i < more; i++) {
                lines.add(String.valueOf(in.readLine()));
            }
            int left = first.startsWith("$") ? Integer.parseInt(first.substring(1)) : 0;
            while (left > 0) {
                String line = String.valueOf(in.readLine());
                lines.add(line);
                left -= line.length() + 1;
            }
            return lines;
        }
    }

    private static byte[] encoded(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            int bytes = word.getBytes(UTF_8).length;
            request.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
        }
        return request.toString().getBytes(UTF_8);
    }

    @Override
    public void close() throws IOException {
        thaw();
        kill();
    }
}
