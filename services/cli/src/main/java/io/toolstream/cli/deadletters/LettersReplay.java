package io.toolstream.cli.deadletters;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Interruption;
import io.toolstream.cli.JsonOutput;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.DeadLettersException;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.ReplayListener;
import io.toolstream.client.deadletters.ReplayOrder;
import io.toolstream.client.deadletters.ReplayPreview;
import io.toolstream.client.deadletters.ReplayReport;
import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.settings.ToolstreamSettings;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends calls of dead letters again. */
@Command(
        name = "replay",
        description = "Send calls again, with priority 'replay': some as a trial, the others if those go well.",
        footer = {
            "",
            "A replay that is killed or interrupted goes on with --resume: what was sent is not sent again.",
            "",
            "  toolstream dead-letters replay --server fs --code connect-failed --dry-run",
            "  toolstream dead-letters replay --cause 3f2a91c07be4 --rate 50"
        })
final class LettersReplay implements Callable<Integer> {
    private static final int TOOLS_NAMED = 5;

    private final Session session;

    @Option(names = "--dry-run", description = "Only tell what would be sent.")
    private boolean dryRun;

    @Option(names = "--all", description = "All that nothing was done about.")
    private boolean all;

    @Option(names = "--resume", paramLabel = "REPLAY", description = "Go on with a replay, on its own terms.")
    private @Nullable String resumed;

    @Option(
            names = "--abandon",
            paramLabel = "REPLAY",
            description = "End a replay that nobody goes on with: what it has not sent is free for others.")
    private @Nullable String abandoned;

    @Mixin
    private TermsOptions terms = new TermsOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    LettersReplay(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ToolstreamSettings settings = broker.settings(session.console().environment());
        ReplyTopics replyTopics = ReplyTopics.of(settings.topics());
        String plan = resumed;
        if (plan != null) {
            requireAlone("--resume");
            return LetterAccess.with(
                            session,
                            broker,
                            letters -> follow(
                                    progress -> letters.resume(plan, replyTopics, progress), printer()::printResumed))
                    .number();
        }
        String idle = abandoned;
        if (idle != null) {
            requireAlone("--abandon");
            return LetterAccess.with(session, broker, letters -> abandon(letters, idle))
                    .number();
        }
        if (filters.isEmpty() && !all) {
            throw new CommandFailure(ExitCode.USAGE, "say which dead letters, or --all");
        }
        LetterFilter filter = filters.filter(LetterFilter.OPEN, LetterAccess.topic(session, broker));
        ReplayOrder order =
                terms.order(filter, session, settings.limits().maxDeadline()).withReplyTopics(replyTopics);
        return LetterAccess.with(session, broker, letters -> dryRun ? preview(letters, order) : replay(letters, order))
                .number();
    }

    /** Of a replay that was begun everything was said then; what is said now would not hold. */
    private void requireAlone(String option) {
        Set<String> reach = new HashSet<>(
                CommandSpec.forAnnotatedObject(broker).optionsMap().keySet());
        reach.addAll(CommandSpec.forAnnotatedObject(output).optionsMap().keySet());
        String others = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !name.equals(option) && !reach.contains(name))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, option + " takes the replay as it was begun: leave out " + others);
        }
    }

    private ExitCode preview(DeadLetters letters, ReplayOrder order) {
        warnOfUnfinished(letters);
        ReplayPreview preview = letters.preview(order);
        requireOneTool(order, preview);
        return printer().print(preview);
    }

    private ExitCode replay(DeadLetters letters, ReplayOrder order) {
        warnOfUnfinished(letters);
        if (order.terms().arguments() != null) {
            requireOneTool(order, letters.preview(order));
        }
        return follow(progress -> letters.replay(order, progress), printer()::print);
    }

    /** Arguments of one tool mean something else to another. */
    private static void requireOneTool(ReplayOrder order, ReplayPreview preview) {
        Set<String> tools = preview.groups().stream()
                .flatMap(group -> group.tools().keySet().stream()
                        .map(tool -> group.server() == null ? tool : group.server() + "/" + tool))
                .collect(Collectors.toCollection(TreeSet::new));
        if (order.terms().arguments() != null && tools.size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--args takes the place of the arguments of every call, and these are of "
                            + tools.stream().limit(TOOLS_NAMED).collect(Collectors.joining(", "))
                            + (tools.size() > TOOLS_NAMED ? ", …" : "") + ": choose one with --server and --tool");
        }
    }

    private void warnOfUnfinished(DeadLetters letters) {
        letters.unfinished()
                .forEach(plan -> session.console()
                        .err()
                        .println("toolstream: warning: " + plan.plan() + " by "
                                + plan.author().by()
                                + " is not finished: what it has not sent is left to it; --resume goes on with it,"
                                + " --abandon ends it"));
    }

    private ExitCode abandon(DeadLetters letters, String idle) {
        letters.abandon(idle, LetterAccess.user(session));
        if (output.format() == Format.TABLE) {
            session.console().err().println("abandoned: " + idle);
        } else {
            JsonOutput.print(session.console(), output.format(), Map.of("abandoned", idle));
        }
        return ExitCode.OK;
    }

    /** Ctrl-C ends it in order, and so does a broker that goes away: it is told how to go on. */
    private ExitCode follow(Function<ReplayListener, ReplayReport> replay, Function<ReplayReport, ExitCode> print) {
        Interruption interruption = Interruption.install();
        Progress progress = new Progress(session.console());
        try {
            ReplayReport report = replay.apply(progress);
            progress.end();
            boolean unused = Thread.interrupted(); // the report tells of it; clients are closed in order
            return print.apply(report);
        } catch (DeadLettersException | BrokerUnavailableException e) {
            progress.end();
            throw failure(e, progress.plan(), Thread.interrupted());
        } finally {
            interruption.end();
        }
    }

    /** @param plan empty: nothing was sent yet */
    private static RuntimeException failure(RuntimeException e, String plan, boolean isInterrupted) {
        String hint = plan.isEmpty() ? "" : "\n  'toolstream dead-letters replay --resume " + plan + "' goes on";
        if (isInterrupted) {
            return new CommandFailure(
                    ExitCode.INTERRUPTED, "interrupted" + (plan.isEmpty() ? " before anything was sent" : hint));
        }
        return plan.isEmpty() ? e : new CommandFailure(ExitCode.UNREACHABLE, CommandFailure.reason(e) + hint);
    }

    private ReplayPrinter printer() {
        return new ReplayPrinter(session.console(), output.format(), filters.named());
    }
}
