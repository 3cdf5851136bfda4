package io.toolstream.cli.deadletters;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Session;
import io.toolstream.cli.TimeConverter;
import io.toolstream.cli.call.ArgumentsText;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.ReplayOrder;
import io.toolstream.settings.Durations;
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

    @Option(
            names = "--args",
            paramLabel = "JSON",
            description = "Arguments in place of those of every call: a JSON object, @FILE, or - for standard input.")
    private @Nullable String arguments;

    @Option(
            names = "--confirm",
            description = "Also tools that run once, or that nobody knows: they may have run, and run again.")
    private boolean confirmed;

    @Option(names = "--again", description = "Also letters that were replayed before.")
    private boolean again;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the record.")
    private @Nullable String note;

    /** @param longest that a call may take, as the settings have it */
    ReplayOrder order(LetterFilter filter, Session session, Duration longest) {
        if (timeout.compareTo(longest) > 0) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--timeout is at most " + Durations.text(longest) + " (limits.maxDeadline)");
        }
        if (rate < 1 || canary < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--rate is at least 1, --canary at least 0");
        }
        ReplayOrder order = ReplayOrder.of(filter, LetterAccess.user(session))
                .atMostPerSecond(rate)
                .withCanary(canary)
                .withTimeout(timeout);
        order = confirmed ? order.confirmed() : order;
        order = again ? order.again() : order;
        order = note == null ? order : order.withNote(note);
        return arguments == null
                ? order
                : order.withArguments(ArgumentsText.read(
                        "--args", arguments, session.console().in()));
    }
}
