package io.toolstream.cli.deadletters;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.TimeConverter;
import io.toolstream.cli.json.JsonProblem;
import io.toolstream.cli.json.JsonReader;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.ReplayOrder;
import io.toolstream.wire.RawJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how calls are sent again. */
public final class TermsOptions {
    @Option(names = "--rate", paramLabel = "N", defaultValue = "20", description = "Calls per second. Default: 20.")
    private int rate = 20;

    @Option(
            names = "--canary",
            paramLabel = "N",
            defaultValue = "5",
            description = "Calls sent as a trial; 0: none. Default: 5.")
    private int canary = 5;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = TimeConverter.class,
            description = "How long each call may take. Default: 5m.")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(names = "--args", paramLabel = "JSON", description = "Arguments in place of the original ones.")
    private @Nullable String arguments;

    @Option(
            names = "--confirm",
            description = "Also tools that run once, or that nobody knows: they may have run, and run again.")
    private boolean confirmed;

    @Option(names = "--again", description = "Also letters that were replayed before.")
    private boolean again;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the record.")
    private @Nullable String note;

    ReplayOrder order(LetterFilter filter, String user) {
        if (rate < 1 || canary < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--rate is at least 1, --canary at least 0");
        }
        ReplayOrder order = ReplayOrder.of(filter, user)
                .atMostPerSecond(rate)
                .withCanary(canary)
                .withTimeout(timeout);
        order = confirmed ? order.confirmed() : order;
        order = again ? order.again() : order;
        order = note == null ? order : order.withNote(note);
        return arguments == null ? order : order.withArguments(object(arguments));
    }

    private static RawJson object(String json) {
        try {
            JsonReader.read(json);
        } catch (JsonProblem e) {
            throw new CommandFailure(ExitCode.USAGE, "--args: " + e.getMessage());
        }
        if (!json.strip().startsWith("{")) {
            throw new CommandFailure(ExitCode.USAGE, "--args: a JSON object expected");
        }
        return RawJson.ofText(json);
    }
}
