package io.toolstream.testkit.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.testkit.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/** An {@link InstantStub} in a process of its own, so that its work is not counted as the caller's. */
public final class StubProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private StubProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Blocks until it listens. It ends with this process, too. */
    public static StubProcess start(StubSettings settings) {
        String delay = Long.toString(settings.delay().toMillis());
        String resultBytes = Integer.toString(settings.resultBytes());
        try {
            Process process = new ProcessBuilder(JavaCommand.of(InstantStub.class, delay, resultBytes))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new StubProcess(
                    process, Integer.parseInt(process.inputReader(UTF_8).readLine()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    /** What it has used of the processors so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
