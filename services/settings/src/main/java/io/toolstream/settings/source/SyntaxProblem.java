package io.toolstream.settings.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * A parser's complaint as a problem. The excerpts that parsers put into their messages are left out: the line may hold a
 * secret.
 */
final class SyntaxProblem {
    /** What the YAML parser says about where, over the excerpt of the line; the last one is where it gave up. */
    private static final Pattern MARK = Pattern.compile("\\bline (\\d+), column (\\d+)");

    private static final Pattern QUOTED = Pattern.compile("(['\"])[^'\"]{2,}\\1");

    /** What the JSON parser says of where the text came from, which is nothing. */
    private static final Pattern SOURCE = Pattern.compile(" \\(start marker at .*\\)");

    private SyntaxProblem() {}

    static Problem of(JacksonException cause, String place) {
        List<String> said = new ArrayList<>();
        Origin mark = null;
        for (String line : cause.getOriginalMessage().split("\n", -1)) {
            Matcher matcher = MARK.matcher(line);
            if (line.startsWith(" in ") && matcher.find()) {
                mark = new Origin(place, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            } else if (!line.isBlank() && !line.startsWith(" ")) {
                String words = SOURCE.matcher(line.strip()).replaceAll("");
                said.add(QUOTED.matcher(words).replaceAll("$1…$1"));
            }
        }
        return new Problem(mark == null ? origin(cause, place) : mark, "", "broken syntax: " + String.join(", ", said));
    }

    private static Origin origin(JacksonException cause, String place) {
        TokenStreamLocation location = cause.getLocation();
        return location == null || location.getLineNr() < 1
                ? Origin.of(place)
                : new Origin(place, location.getLineNr(), Math.max(1, location.getColumnNr()));
    }
}
