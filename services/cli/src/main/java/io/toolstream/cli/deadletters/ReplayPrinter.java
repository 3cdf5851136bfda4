package io.toolstream.cli.deadletters;

import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.JsonOutput;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.text.SafeText;
import io.toolstream.client.deadletters.Refused;
import io.toolstream.client.deadletters.ReplayPreview;
import io.toolstream.client.deadletters.ReplayReport;
import io.toolstream.client.deadletters.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints what a replay would do, or did: for people on standard error, what would be sent as a table on standard output; for
 * programs the same counts as one object on standard output.
 *
 * @param named letters, 0: whichever the filters mean
 */
record ReplayPrinter(Console console, Format format, long named) {

    /** What a replay would do. */
    ExitCode print(ReplayPreview preview) {
        long planned = preview.count(Verdict.SENT_AGAIN);
        if (format == Format.TABLE) {
            GroupTable.print(console, format, preview.groups(), "nothing would be sent again");
            if (planned > 0) {
                console.err().println("would be sent again: " + planned);
            }
            tellLeftOut(preview.counts(), preview.refused());
            tellNotFound(preview.meant());
            return ExitCode.OK;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("dryRun", true);
        members.put("planned", planned);
        putCounts(members, preview.counts(), preview.refused(), preview.meant());
        members.put("groups", preview.groups().stream().map(GroupTable::members).toList());
        JsonOutput.print(console, format, members);
        return ExitCode.OK;
    }

    /** What a replay that was begun now did. */
    ExitCode print(ReplayReport report) {
        long leftOut =
                report.leftOut().values().stream().mapToLong(Long::longValue).sum();
        return print(report, report.planned() + leftOut);
    }

    /** What a replay that was gone on with did: nobody has named letters for it. */
    ExitCode printResumed(ReplayReport report) {
        return print(report, named);
    }

    private ExitCode print(ReplayReport report, long found) {
        if (format == Format.TABLE) {
            console.err().println("sent: " + report.sent() + " of " + report.planned());
            tellLeftOut(report.leftOut(), report.refused());
            tellNotFound(found);
        } else {
            JsonOutput.print(console, format, members(report, found));
        }
        tellEnd(report);
        return switch (report.end().ending()) {
            case ALL_SENT -> ExitCode.OK;
            case SOME_REFUSED -> ExitCode.REFUSED;
            case TRIAL_FAILED -> ExitCode.TOOL_ERROR;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
            case CANNOT_SEND -> ExitCode.UNREACHABLE;
        };
    }

    private Map<String, Object> members(ReplayReport report, long found) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("dryRun", false);
        members.put("replay", report.plan());
        members.put("planned", report.planned());
        members.put("sent", report.sent());
        putCounts(members, report.leftOut(), report.refused(), found);
        members.put("ending", text(report.end().ending()));
        String why = report.stoppedBecause();
        if (why != null) {
            members.put("stoppedBecause", why);
        }
        members.put("canBeResumed", report.canBeResumed());
        return members;
    }

    private void putCounts(Map<String, Object> members, Map<Verdict, Long> counts, List<Refused> refused, long found) {
        Map<String, Object> leftOut = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.SENT_AGAIN) {
                leftOut.put(text(verdict), counts.getOrDefault(verdict, 0L));
            }
        }
        members.put("leftOut", leftOut);
        members.put("notFound", Math.max(0, named - found));
        members.put("refused", refused.stream().map(ReplayPrinter::members).toList());
    }

    private static Map<String, Object> members(Refused refused) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("topic", refused.topic());
        members.put("why", refused.why());
        members.put("letters", refused.letters());
        members.put("first", refused.first().toString());
        return members;
    }

    /** As it is written in JSON: {@code REPLAYED_BEFORE} is {@code replayedBefore}. */
    private static String text(Enum<?> value) {
        StringBuilder text = new StringBuilder();
        for (String word : value.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            text.append(text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }

    private void tellLeftOut(Map<Verdict, Long> counts, List<Refused> refused) {
        for (Verdict verdict : Verdict.values()) {
            long count = counts.getOrDefault(verdict, 0L);
            if (count > 0 && verdict != Verdict.SENT_AGAIN) {
                console.err().println("left out, " + verdict.words() + ": " + count);
            }
        }
        for (Refused one : refused) {
            console.err()
                    .println(SafeText.line(one.letters() + " of topic " + one.topic() + ", the first " + one.first()
                            + ": " + one.why()));
        }
    }

    private void tellNotFound(long found) {
        if (found < named) {
            console.err()
                    .println("not there, or not meant by the other options: " + (named - found)
                            + " of the letters named");
        }
    }

    private void tellEnd(ReplayReport report) {
        String why = report.stoppedBecause();
        if (why == null) {
            return;
        }
        console.err().println("toolstream: " + SafeText.line(why));
        console.err()
                .println(
                        switch (report.end().ending()) {
                            case ALL_SENT -> "";
                            case SOME_REFUSED -> "  they are as they were: make or permit the topic, then replay again";
                            case TRIAL_FAILED ->
                                "  'toolstream dead-letters ls' counts what was not sent, and what came of the trial";
                            case INTERRUPTED, CANNOT_SEND ->
                                "  'toolstream dead-letters replay --resume " + report.plan() + "' goes on";
                        });
    }
}
