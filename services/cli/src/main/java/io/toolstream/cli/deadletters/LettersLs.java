package io.toolstream.cli.deadletters;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.JsonItems;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.cli.text.SafeText;
import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.KeptLetter;
import io.toolstream.client.deadletters.LetterFilter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters. */
@Command(name = "ls", description = "Count dead letters by cause, those that nothing was done about.")
final class LettersLs implements Callable<Integer> {
    private final Session session;

    @Option(names = "--each", description = "List each letter instead.")
    private boolean each;

    @Option(names = "--all", description = "Also those that were replayed or resolved.")
    private boolean all;

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    LettersLs(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        LetterFilter filter =
                filters.filter(all ? LetterFilter.ALL : LetterFilter.OPEN, LetterAccess.topic(session, broker));
        return LetterAccess.with(session, broker, letters -> list(letters, filter))
                .number();
    }

    private ExitCode list(DeadLetters letters, LetterFilter filter) {
        Console console = session.console();
        if (!each) {
            GroupTable.print(console, output.format(), letters.groups(filter), "no dead letter matches");
            return ExitCode.OK;
        }
        // One by one, as they are read: there may be more than fit into memory.
        long count = output.format() == Format.TABLE
                ? letters.each(filter, letter -> console.out().println(line(letter)))
                : printItems(letters, filter, new JsonItems(console, output.format()));
        console.err().println(count + (count == 1 ? " dead letter" : " dead letters"));
        return ExitCode.OK;
    }

    private static long printItems(DeadLetters letters, LetterFilter filter, JsonItems items) {
        long count = letters.each(filter, letter -> items.print(LetterText.members(letter)));
        items.end();
        return count;
    }

    private static String line(KeptLetter letter) {
        Map<String, Object> members = LetterText.members(letter);
        return SafeText.line(members.get("letter") + "  " + GroupTable.time(letter.failedAtMillis()) + "  "
                + letter.letter().code() + "  " + members.getOrDefault("server", "?") + "/"
                + members.getOrDefault("tool", "?") + "  "
                + letter.letter().message());
    }
}
