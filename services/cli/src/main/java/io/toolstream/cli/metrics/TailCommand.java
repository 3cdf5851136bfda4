package io.toolstream.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Session;
import io.toolstream.cli.TimeConverter;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.client.metrics.FollowedWindow;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The records of the metrics topic as they come. */
@Command(
        name = "tail",
        description = "Print the records of the metrics topic as they come, one JSON value per line, until Ctrl-C.")
final class TailCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(200);

    /** The one form there is: named as elsewhere. */
    enum Format {
        JSONL
    }

    private final Session session;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "jsonl (one value per line): the only one.")
    private Format format = Format.JSONL;

    @Option(
            names = "--window",
            paramLabel = "LENGTH",
            converter = WindowLengthConverter.class,
            description = "Only windows of 10s, 1m or 5m. May be repeated.")
    private List<WindowLength> lengths = List.of();

    @Option(names = "--scope", paramLabel = "SCOPE", description = "Only total, server or tool. May be repeated.")
    private List<MetricsScope.Kind> scopes = List.of();

    @Option(names = "--final", description = "Only the final records of windows.")
    private boolean onlyFinal;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Begin with records so old (10m). Default: with new ones.")
    private Duration since = Duration.ZERO;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    TailCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = session.console();
        Predicate<FollowedWindow> wanted = this::isWanted;
        try (Following following = Following.start(session, broker, since, followed -> {
            if (wanted.test(followed)) {
                print(console, followed);
            }
        })) {
            following.each(LOOK, () -> console.out().checkError());
        }
        return ExitCode.OK.number();
    }

    private boolean isWanted(FollowedWindow followed) {
        return (lengths.isEmpty() || lengths.contains(followed.window().length()))
                && (scopes.isEmpty()
                        || scopes.contains(followed.window().scope().kind()))
                && (!onlyFinal
                        || followed.metrics()
                                .map(WindowMetrics::issue)
                                .filter(issue -> issue.isFinal())
                                .isPresent());
    }

    private void print(Console console, FollowedWindow followed) {
        byte[] json = followed.record().value();
        if (json != null && format == Format.JSONL) {
            console.out().println(new String(json, UTF_8));
        }
    }
}
