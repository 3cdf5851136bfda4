package io.toolstream.cli.parked;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.JsonOutput;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.client.ParkedCalls;
import io.toolstream.client.ParkedCalls.ParkedCall;
import io.toolstream.wire.ParkedEntry.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints waiting calls: counted for people, each for programs. */
final class ParkedPrinter {
    private final Console console;
    private final InstantSource clock;

    ParkedPrinter(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
    }

    ExitCode print(ParkedCalls parked, Format format, boolean each) {
        if (format != Format.TABLE) {
            JsonOutput.printAll(
                    console,
                    format,
                    parked.calls().stream().map(ParkedPrinter::json).toList());
        } else if (parked.calls().isEmpty()) {
            console.err().println("no call waits");
        } else {
            Table table = each ? calls(parked) : groups(parked);
            table.lines(Style.of(console.coloursOut())).forEach(console.out()::println);
        }
        return ExitCode.OK;
    }

    private Table calls(ParkedCalls parked) {
        Table table = new Table("DUE", "EXPIRES", "CALLS", "SERVER", "TOOL", "REASON", "TIMES", "ID");
        parked.calls().stream()
                .map(ParkedCall::waiting)
                .forEach(call -> table.row(
                        when(call.dueMillis()),
                        when(call.deadlineMillis()),
                        Integer.toString(call.calls()),
                        String.join(",", call.servers()),
                        call.wanted().tool(),
                        call.code(),
                        Integer.toString(call.times()),
                        call.id()));
        return table;
    }

    private record Group(String server, String tool, String code) {}

    private Table groups(ParkedCalls parked) {
        Map<Group, List<Waiting>> groups = parked.calls().stream()
                .map(ParkedCall::waiting)
                .collect(Collectors.groupingBy(
                        call -> new Group(call.wanted().server(), call.wanted().tool(), call.code()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Table table = new Table("CALLS", "SERVER", "TOOL", "REASON", "OLDEST", "NEXT DUE", "NEXT EXPIRES");
        groups.forEach((group, calls) -> table.row(
                Integer.toString(calls.stream().mapToInt(Waiting::calls).sum()),
                group.server(),
                group.tool(),
                group.code(),
                since(calls.stream().mapToLong(Waiting::sentMillis).min().orElse(0)),
                when(calls.get(0).dueMillis()),
                when(calls.stream().mapToLong(Waiting::deadlineMillis).min().orElse(0))));
        return table;
    }

    /** What was due before now waits until its server takes calls. */
    private String when(long millis) {
        long left = millis - clock.millis();
        return left <= 0 ? "since " + seconds(-left) : "in " + seconds(left);
    }

    private String since(long millis) {
        return seconds(Math.max(0, clock.millis() - millis)) + " ago";
    }

    /** To the second: {@code 75s} is {@code 1m15s}. */
    private static String seconds(long millis) {
        return Duration.ofSeconds(Math.max(1, millis / 1_000))
                .toString()
                .substring(2)
                .toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> json(ParkedCall call) {
        Waiting waiting = call.waiting();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", waiting.id());
        members.put("server", waiting.wanted().server());
        members.put("tool", waiting.wanted().tool());
        if (waiting.wanted().tenant() != null) {
            members.put("tenant", waiting.wanted().tenant());
        }
        if (waiting.members() != null) {
            members.put("calls", waiting.calls());
            members.put("servers", waiting.servers());
        }
        members.put("code", waiting.code());
        members.put("times", waiting.times());
        members.put("dueMillis", waiting.dueMillis());
        members.put("deadlineMillis", waiting.deadlineMillis());
        members.put("sentMillis", waiting.sentMillis());
        members.put("partition", call.position().partition());
        members.put("offset", call.position().offset());
        return members;
    }
}
