package io.toolstream.cli.call;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import io.toolstream.cli.TimeConverter;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.wire.CacheMode;
import io.toolstream.wire.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends one call and shows its reply. */
@Command(
        name = "call",
        description = "Call a tool and show what it answers.",
        customSynopsis = "toolstream call [OPTIONS] SERVER TOOL [key=value ...]",
        footer = {
            "",
            "Values become numbers, booleans or JSON where the tool's schema asks for them; key:=JSON is JSON.",
            "The answer goes to standard output, how the call went to standard error.",
            "",
            "  toolstream call fs read_file path=README.md",
            "  toolstream call fs search --args '{\"pattern\":\"*.md\",\"limit\":3}' -o json",
            "  jq -n '{path: \"a\"}' | toolstream call fs read_file --args -"
        })
public final class CallCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "SERVER TOOL [key=value ...]", hidden = true)
    private List<String> words = List.of();

    @Option(
            names = "--args",
            paramLabel = "JSON|@FILE|-",
            description = "All arguments as one JSON object, given, in a file, or on standard input.")
    private @Nullable String arguments;

    @Option(names = "--async", description = "Do not wait: print the call's id once the broker has it.")
    private boolean async;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = TimeConverter.class,
            description = "How long the call may take (500ms, 30s, 2m). Default: 30s.")
    private Duration timeout = Duration.ofSeconds(30);

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Mixin
    private WishOptions wishes = new WishOptions();

    @Mixin
    private AnswerOptions answers = new AnswerOptions();

    public CallCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CallRequest request =
                new CallRequest(CallWords.parse(words), arguments, timeout, wishes.wishes(), answers.answers());
        return new CallAction(session, broker.endpoint(session.console().environment()), output.format())
                .run(request, async)
                .number();
    }

    /** What a tool asked for. */
    static final class AnswerOptions {
        @Option(
                names = "--input-responses",
                paramLabel = "JSON|@FILE|-",
                description = "To a tool that asked (input_required): an answer for each question, by its key.")
        private @Nullable String inputResponses;

        @Option(
                names = "--request-state",
                paramLabel = "TEXT",
                description = "The requestState that came with the questions, as it is.")
        private @Nullable String requestState;

        CallRequest.Answers answers() {
            return new CallRequest.Answers(inputResponses, requestState);
        }
    }

    /** What else a caller may wish. */
    static final class WishOptions {
        @Option(names = "--tenant", paramLabel = "NAME", description = "On whose behalf.")
        private @Nullable String tenant;

        @Option(
                names = "--idempotency-key",
                paramLabel = "KEY",
                description = "Calls with the same key are one effect.")
        private @Nullable String idempotencyKey;

        @Option(names = "--ordering-key", paramLabel = "KEY", description = "Calls with the same key run in order.")
        private @Nullable String orderingKey;

        @Option(
                names = "--priority",
                paramLabel = "PRIORITY",
                defaultValue = "INTERACTIVE",
                description = "interactive (default), batch or replay.")
        private Priority priority = Priority.INTERACTIVE;

        @Option(
                names = "--cache",
                paramLabel = "MODE",
                defaultValue = "USE",
                description = "use (default), bypass or refresh.")
        private CacheMode cache = CacheMode.USE;

        CallRequest.Wishes wishes() {
            requireFilled("--tenant", "name", tenant);
            requireFilled("--idempotency-key", "key", idempotencyKey);
            requireFilled("--ordering-key", "key", orderingKey);
            return new CallRequest.Wishes(tenant, idempotencyKey, orderingKey, priority, cache);
        }

        private static void requireFilled(String option, String what, @Nullable String value) {
            if (value != null && value.isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, option + ": a " + what + " expected");
            }
        }
    }
}
