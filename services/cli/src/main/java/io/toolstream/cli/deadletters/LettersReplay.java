package io.toolstream.cli.deadletters;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.ReplayOrder;
import io.toolstream.client.deadletters.ReplayPreview;
import io.toolstream.client.deadletters.ReplayReport;
import io.toolstream.client.deadletters.Verdict;
import io.toolstream.settings.ToolstreamSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
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
            return LetterAccess.with(session, broker, letters -> report(letters.resume(plan, replyTopics, progress())))
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
        Set<String> reach = CommandSpec.forAnnotatedObject(broker).optionsMap().keySet();
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
        Console console = session.console();
        warnOfUnfinished(letters);
        ReplayPreview preview = letters.preview(order);
        requireOneTool(order, preview);
        GroupTable.print(console, Format.TABLE, preview.groups(), "nothing would be sent again");
        if (preview.count(Verdict.SENT_AGAIN) > 0) {
            console.err().println("would be sent again: " + preview.count(Verdict.SENT_AGAIN));
        }
        tellLeftOut(preview.counts());
        tellNotThere(
                preview.counts().values().stream().mapToLong(Long::longValue).sum());
        return ExitCode.OK;
    }

    private ExitCode replay(DeadLetters letters, ReplayOrder order) {
        warnOfUnfinished(letters);
        if (order.terms().arguments() != null) {
            requireOneTool(order, letters.preview(order));
        }
        ReplayReport report = letters.replay(order, progress());
        ExitCode code = report(report);
        tellNotThere(report.planned()
                + report.leftOut().values().stream().mapToLong(Long::longValue).sum());
        return code;
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

    private void tellLeftOut(Map<Verdict, Long> counts) {
        for (Verdict verdict : Verdict.values()) {
            long count = counts.getOrDefault(verdict, 0L);
            if (count > 0 && verdict != Verdict.SENT_AGAIN) {
                session.console().err().println("left out, " + verdict.words() + ": " + count);
            }
        }
    }

    private void tellNotThere(long found) {
        if (found < filters.named()) {
            session.console()
                    .err()
                    .println("not there, or not meant by the other options: " + (filters.named() - found)
                            + " of the letters named");
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
        session.console().err().println("abandoned: " + idle);
        return ExitCode.OK;
    }

    private Progress progress() {
        return new Progress(session.console());
    }

    private ExitCode report(ReplayReport report) {
        Console console = session.console();
        console.err().println("sent: " + report.sent() + " of " + report.planned());
        tellLeftOut(report.leftOut());
        if (report.stoppedBecause() == null) {
            return ExitCode.OK;
        }
        console.err().println("toolstream: stopped: " + report.stoppedBecause());
        if (report.canBeResumed()) {
            console.err().println("  'toolstream dead-letters replay --resume " + report.plan() + "' goes on");
        } else {
            console.err()
                    .println("  'toolstream dead-letters ls' counts what was not sent, and what came of the trial");
        }
        return ExitCode.TOOL_ERROR;
    }
}
