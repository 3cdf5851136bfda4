package io.toolstream.mcp.http;

import io.toolstream.testkit.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** {@code openssl s_server}, whose TLS is not the JDK's; it shakes hands and answers nothing. */
final class OpenSslPeer implements AutoCloseable {
    private static final String ACCEPT = "ACCEPT ";

    private final Process process;
    private final int port;

    private OpenSslPeer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static OpenSslPeer start(TlsIdentity identity, String... options) throws IOException, InterruptedException {
        Path pem = Path.of(identity.store() + ".own.pem");
        String password = "pass:" + TlsIdentity.PASSWORD;
        run("pkcs12", "-in", identity.store().toString(), "-nodes", "-out", pem.toString(), "-passin", password);
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0"));
        command.addAll(List.of("-cert", pem.toString(), "-key", pem.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(ACCEPT)) {
                return new OpenSslPeer(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            }
        }
        throw new IllegalStateException("openssl does not listen");
    }

    private static void run(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("openssl " + arguments[0] + " failed");
            }
        } catch (IOException e) {
            skip("openssl is not there");
        }
    }

    private static void skip(String why) {
        if (Boolean.parseBoolean(System.getenv("TOOLSTREAM_REQUIRE_ALL"))) {
            throw new AssertionError("TOOLSTREAM_REQUIRE_ALL is set, but " + why);
        }
        System.err.println("SKIPPED: " + why);
        Assumptions.abort(why);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
