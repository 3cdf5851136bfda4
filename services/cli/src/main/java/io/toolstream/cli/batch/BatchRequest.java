package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.wire.Priority;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
record BatchRequest(String input, String output, ResultFormat format, Wishes wishes) {
    private static final int MOST = 100_000;

    BatchRequest {
        if (wishes.concurrency() < 1 || wishes.concurrency() > MOST) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--concurrency " + wishes.concurrency() + ": 1 to " + MOST + " expected");
        }
        if (wishes.server() != null && wishes.server().isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "--server: a name expected");
        }
    }

    /**
     * How calls are made.
     *
     * @param server of tools whose name does not tell it
     */
    record Wishes(
            int concurrency,
            Duration timeout,
            Priority priority,
            @Nullable String server) {}
}
