package io.toolstream.cli.deadletters;

import io.toolstream.cli.ExitCode;
import io.toolstream.cli.JsonOutput;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.cli.text.SafeText;
import io.toolstream.client.deadletters.Deed;
import io.toolstream.client.deadletters.KeptLetter;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one dead letter. */
@Command(name = "show", description = "Show one dead letter, with the arguments of its call.")
final class LettersShow implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "LETTER", description = "PARTITION@OFFSET, as 'ls --each' names it.")
    private String name = "";

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    LettersShow(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RecordPosition position = LetterNames.parse(name, LetterAccess.topic(session, broker));
        Shown shown = LetterAccess.with(
                session, broker, letters -> new Shown(letters.letter(position), letters.history(position)));
        Map<String, Object> members = LetterText.all(shown.letter());
        if (output.format() == Format.TABLE) {
            members.forEach((field, value) -> session.console()
                    .out()
                    .printf(
                            "%-15s %s%n",
                            field, SafeText.of(value instanceof RawJson json ? json.text() : String.valueOf(value))));
            shown.history()
                    .forEach(deed -> session.console()
                            .out()
                            .printf("%-15s %s%n", "history", SafeText.line(LetterText.line(deed))));
        } else {
            members.put(
                    "history", shown.history().stream().map(LetterText::members).toList());
            JsonOutput.print(session.console(), output.format(), members);
        }
        return ExitCode.OK.number();
    }

    private record Shown(KeptLetter letter, List<Deed> history) {}
}
