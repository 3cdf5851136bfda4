package io.toolstream.cli.deadletters;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.JsonOutput;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.client.deadletters.BegunReplay;
import io.toolstream.client.deadletters.DeadLetters;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists replays. */
@Command(
        name = "replays",
        description = "List replays that were begun: by whom, when and why, how many calls they sent, how they ended.")
final class LettersReplays implements Callable<Integer> {
    private final Session session;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    LettersReplays(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<BegunReplay> replays = LetterAccess.with(session, broker, DeadLetters::replays);
        Console console = session.console();
        if (output.format() != Format.TABLE) {
            JsonOutput.printAll(
                    console,
                    output.format(),
                    replays.stream().map(LettersReplays::members).toList());
        } else if (replays.isEmpty()) {
            console.err().println("nothing was ever replayed");
        } else {
            table(replays).lines(Style.of(console.coloursOut())).forEach(console.out()::println);
        }
        return ExitCode.OK.number();
    }

    private static Table table(List<BegunReplay> replays) {
        Table table = new Table("REPLAY", "BEGUN", "BY", "SENT", "END", "NOTE");
        for (BegunReplay replay : replays) {
            table.row(
                    replay.planned().plan(),
                    GroupTable.time(replay.planned().author().atMillis()),
                    replay.planned().author().by(),
                    Long.toString(replay.sent()),
                    end(replay),
                    Objects.requireNonNullElse(replay.planned().author().note(), ""));
        }
        return table;
    }

    private static String end(BegunReplay replay) {
        return replay.isEnded() ? Objects.requireNonNullElse(replay.stoppedBecause(), "all sent") : "not finished";
    }

    private static Map<String, Object> members(BegunReplay replay) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("replay", replay.planned().plan());
        members.put(
                "begun",
                Instant.ofEpochMilli(replay.planned().author().atMillis()).toString());
        members.put("by", replay.planned().author().by());
        String note = replay.planned().author().note();
        if (note != null) {
            members.put("note", note);
        }
        members.put("sent", replay.sent());
        members.put("ended", replay.isEnded());
        String why = replay.stoppedBecause();
        if (why != null) {
            members.put("stoppedBecause", why);
        }
        return members;
    }
}
