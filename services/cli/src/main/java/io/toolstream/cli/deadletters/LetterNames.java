package io.toolstream.cli.deadletters;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.wire.RecordPosition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dead letters as people name them: {@code toolstream.dead-letters-3@17}, or {@code 3@17}. */
final class LetterNames {
    private static final Pattern NAME = Pattern.compile("(?:(.+)-)?(\\d{1,9})@(\\d{1,18})");

    private LetterNames() {}

    /** @param topic of the dead letters */
    static RecordPosition parse(String name, String topic) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || (matcher.group(1) != null && !matcher.group(1).equals(topic))) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'" + name + "' names no dead letter: " + topic + "-3@17 or 3@17 expected");
        }
        return new RecordPosition(topic, Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }
}
