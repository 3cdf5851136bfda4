package io.toolstream.it.cli;

import io.toolstream.cli.Console;
import io.toolstream.cli.Session;
import io.toolstream.cli.Toolstream;
import io.toolstream.cli.broker.KafkaPipeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One run of the command in this process; its output may be read while it runs. */
public final class CommandRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment;

    public CommandRun(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Blocks until the command has ended. */
    public int run(String... arguments) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                environment,
                false,
                false);
        return Toolstream.run(
                new Session(console, endpoint -> KafkaPipeline.connect(endpoint, environment)), arguments);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
