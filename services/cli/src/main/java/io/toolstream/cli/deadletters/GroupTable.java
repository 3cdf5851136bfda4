package io.toolstream.cli.deadletters;

import io.toolstream.cli.Console;
import io.toolstream.cli.JsonOutput;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.client.deadletters.LetterGroup;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints dead letters by cause: {@code 412 ×  connect-failed  fs  since …}. */
final class GroupTable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private GroupTable() {}

    /** @param ifNone told on standard error in place of an empty table */
    static void print(Console console, Format format, List<LetterGroup> groups, String ifNone) {
        if (format != Format.TABLE) {
            JsonOutput.printAll(
                    console, format, groups.stream().map(GroupTable::members).toList());
            return;
        }
        if (groups.isEmpty()) {
            console.err().println(ifNone);
            return;
        }
        Table table = new Table("COUNT", "CODE", "SERVER", "SINCE", "LAST", "CAUSE", "MESSAGE OF THE FIRST");
        for (LetterGroup group : groups) {
            table.row(
                    group.count() + " ×",
                    group.code(),
                    group.server() == null ? "?" : group.server(),
                    time(group.firstMillis()),
                    time(group.lastMillis()),
                    group.fingerprint(),
                    group.message());
        }
        table.lines(Style.of(console.coloursOut())).forEach(console.out()::println);
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    static Map<String, Object> members(LetterGroup group) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("cause", group.fingerprint());
        members.put("code", group.code());
        if (group.server() != null) {
            members.put("server", group.server());
        }
        members.put("message", group.message());
        members.put("count", group.count());
        members.put("first", Instant.ofEpochMilli(group.firstMillis()).toString());
        members.put("last", Instant.ofEpochMilli(group.lastMillis()).toString());
        members.put("tools", new TreeMap<>(group.tools()));
        return members;
    }
}
