package io.toolstream.cli.batch;

import io.toolstream.cli.Session;
import io.toolstream.cli.TimeConverter;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.wire.Priority;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes many calls and writes their results down. */
@Command(
        name = "batch",
        description = "Make the calls of a file, one per line, and write their results in the same order.",
        footer = {
            "",
            "A line is a call {\"server\",\"tool\",\"arguments\"}, an OpenAI tool call, an Anthropic tool_use block,",
            "or a whole assistant message with several of them. A line that is none of these is answered 'rejected'.",
            "A run that was ended, also by kill -9, goes on where it was when the same command is given again.",
            "",
            "  toolstream batch calls.jsonl -o results.jsonl",
            "  toolstream batch messages.jsonl -o answers.jsonl --format openai --server fs",
            "  jq -c .calls[] turn.json | toolstream batch - | jq .status",
            "",
            "Exit codes: 0 all ok; else 1 where a tool or server failed, 3 where something was rejected or",
            "unavailable, 4 where all else was late; 5 broker unreachable, 130 interrupted: both can be resumed."
        })
public final class BatchCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CALLS", description = "File of calls, or - for standard input.")
    private String input = "-";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "RESULTS",
            defaultValue = "-",
            description = "File of results, or - for standard output, which cannot be resumed. Default: -.")
    private String output = "-";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "JSONL",
            description = "jsonl (replies with index and line) or openai (messages of role tool). Default: jsonl.")
    private ResultFormat format = ResultFormat.JSONL;

    @Option(names = "--dry-run", description = "Read all lines, call nothing, and tell what would be called.")
    private boolean isDryRun;

    @Option(names = "--strict", description = "Call nothing where a line is wrong.")
    private boolean isStrict;

    @Mixin
    private CallOptions calls = new CallOptions();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    BatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        BatchRequest request = new BatchRequest(input, output, format, calls.wishes());
        CallsFile file = new CallsFile(input, session.console().in());
        if (isDryRun || (isStrict && file.isReadTwice())) {
            boolean isRight = new DryRun(session.console(), file).run(isDryRun);
            if (isDryRun || !isRight) {
                return DryRun.code(isRight);
            }
        }
        return new BatchAction(session, request, isStrict)
                .run(file, broker.endpoint(session.console().environment()))
                .number();
    }

    /** How the calls are made. */
    static final class CallOptions {
        @Option(
                names = "--concurrency",
                paramLabel = "N",
                defaultValue = "500",
                description = "Calls under way at any time, at most. Default: 500.")
        private int concurrency = 500;

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                defaultValue = "5m",
                converter = TimeConverter.class,
                description =
                        "How long a call may take from when it is sent (30s, 5m), unless its line says. Default: 5m.")
        private Duration timeout = Duration.ofMinutes(5);

        @Option(
                names = "--priority",
                paramLabel = "PRIORITY",
                defaultValue = "BATCH",
                description = "interactive, batch (default) or replay.")
        private Priority priority = Priority.BATCH;

        @Option(
                names = "--server",
                paramLabel = "NAME",
                description = "The server of tools whose name does not tell it.")
        private @Nullable String server;

        BatchRequest.Wishes wishes() {
            return new BatchRequest.Wishes(concurrency, timeout, priority, server);
        }
    }
}
