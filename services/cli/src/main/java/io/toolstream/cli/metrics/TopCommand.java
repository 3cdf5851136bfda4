package io.toolstream.cli.metrics;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Session;
import io.toolstream.cli.Terminals;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.cli.text.Style;
import io.toolstream.client.metrics.RecentFigures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A table of all tools that is drawn anew each second. */
@Command(
        name = "top",
        description =
                "Show what all tools did in the last minute, those in trouble first; anew each second until Ctrl-C.")
final class TopCommand implements Callable<Integer> {
    private static final Duration SPAN = Duration.ofSeconds(50); // and the window that is not over
    private static final Duration REACH = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Session session;

    @Option(names = "--once", description = "Print the table once and end.")
    private boolean once;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Tools, at most; on a terminal no more than it has room for. Default: 30.")
    private int rows = 30;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    TopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (rows < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--rows " + rows + ": at least 1 expected");
        }
        Console console = session.console();
        RecentFigures recent = new RecentFigures(SPAN, InstantSource.system());
        Style style = Style.of(console.coloursOut());
        boolean isTerminal = console.outIsTerminal() && !once;
        TopScreen screen = new TopScreen(console.out(), isTerminal, Terminals::height);
        try (Following following = Following.start(session, broker, REACH, recent)) {
            following.each(PAUSE, () -> {
                screen.draw(new TopTable(screen.rows(rows), columns(isTerminal), style).lines(recent.now()));
                return once || console.out().checkError();
            });
        }
        return ExitCode.OK.number();
    }

    /** Elsewhere there is room for everything. */
    private static int columns(boolean isTerminal) {
        return isTerminal ? Terminals.width().orElse(Integer.MAX_VALUE) : Integer.MAX_VALUE;
    }
}
