package io.toolstream.cli.deadletters;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.client.deadletters.LetterFilter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts dead letters aside. */
@Command(
        name = "resolve",
        description = "Say of dead letters that they need nothing any more; they stay, for the record.")
final class LettersResolve implements Callable<Integer> {
    private final Session session;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the record.")
    private @Nullable String note;

    @Option(names = "--all", description = "All that nothing was done about.")
    private boolean all;

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    LettersResolve(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (filters.isEmpty() && !all) {
            throw new CommandFailure(ExitCode.USAGE, "say which dead letters, or --all");
        }
        LetterFilter filter = filters.filter(LetterFilter.OPEN, LetterAccess.topic(session, broker));
        long resolved = LetterAccess.with(
                session, broker, letters -> letters.resolve(filter, LetterAccess.user(session), note));
        session.console().err().println("resolved: " + resolved);
        if (resolved < filters.named()) {
            session.console()
                    .err()
                    .println("not there, or something was done about them before: " + (filters.named() - resolved)
                            + " of the letters named");
        }
        return ExitCode.OK.number();
    }
}
