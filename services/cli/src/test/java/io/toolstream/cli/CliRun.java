package io.toolstream.cli;

import io.toolstream.cli.broker.Pipeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs the command in this process, with everything around it made up. */
public final class CliRun {
    private final Pipeline.Connector connector;
    private final Map<String, String> environment =
            new HashMap<>(Map.of("XDG_RUNTIME_DIR", "/nonexistent", "HOME", "/nonexistent"));
    private String input = "";

    public CliRun(Pipeline.Connector connector) {
        this.connector = connector;
    }

    /** What came of it. */
    public record Result(int exitCode, String out, String err) {}

    public CliRun environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public CliRun input(String text) {
        input = text;
        return this;
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                environment,
                false,
                false);
        int exitCode = Toolstream.run(new Session(console, connector), arguments);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
