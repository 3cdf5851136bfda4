package io.toolstream.cli.deadletters;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.wire.RecordPosition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say which dead letters are meant. */
public final class FilterOptions {
    @Parameters(arity = "0..*", paramLabel = "LETTER", description = "These and no others: PARTITION@OFFSET.")
    private List<String> letters = List.of();

    @Option(names = "--server", paramLabel = "NAME", description = "Calls of this tool server.")
    private @Nullable String server;

    @Option(names = "--tool", paramLabel = "NAME", description = "Calls of this tool.")
    private @Nullable String tool;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            converter = FailureCode.class,
            description = "Calls that failed with this code.")
    private @Nullable String code;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Calls of this tenant.")
    private @Nullable String tenant;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Calls that failed since then: 2h (ago), or 2026-03-01T10:02.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = PointInTime.class,
            description = "Calls that failed before then.")
    private @Nullable Instant until;

    @Option(names = "--cause", paramLabel = "FINGERPRINT", description = "Calls that failed alike, as 'ls' names it.")
    private @Nullable String fingerprint;

    /** Whether anything is said at all. */
    boolean isEmpty() {
        return letters.isEmpty()
                && server == null
                && tool == null
                && code == null
                && tenant == null
                && since == null
                && until == null
                && fingerprint == null;
    }

    /** How many letters are named; 0: whichever are meant by the other options. */
    long named() {
        return letters.stream().distinct().count();
    }

    /**
     * What is said, as a filter; what cannot be is refused.
     *
     * @param topic of the dead letters
     */
    LetterFilter filter(LetterFilter from, String topic) {
        requireCause();
        requireOrder();
        LetterFilter filter = from;
        filter = server == null ? filter : filter.server(server);
        filter = tool == null ? filter : filter.tool(tool);
        filter = code == null ? filter : filter.code(code);
        filter = tenant == null ? filter : filter.tenant(tenant);
        filter = fingerprint == null ? filter : filter.fingerprint(fingerprint);
        if (since != null || until != null) {
            filter = filter.between(since, until);
        }
        if (!letters.isEmpty()) {
            List<RecordPosition> positions =
                    letters.stream().map(name -> LetterNames.parse(name, topic)).toList();
            filter = filter.only(positions);
        }
        return filter;
    }

    /** Else a slip would look like a cause that is no more. */
    private void requireCause() {
        if (fingerprint != null && !fingerprint.matches("[0-9a-f]{12}")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'" + fingerprint + "' is no cause: 12 hex digits expected, as 'dead-letters ls' names it");
        }
    }

    private void requireOrder() {
        if (since != null && until != null && !since.isBefore(until)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--since is " + since + ", not before --until, which is " + until + ": no call can be meant");
        }
    }
}
