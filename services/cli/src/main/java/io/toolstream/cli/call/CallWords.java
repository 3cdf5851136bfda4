package io.toolstream.cli.call;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words after {@code call}: a server and a tool, or one name for both, and then arguments.
 *
 * @param server null: {@code tool} names both
 */
record CallWords(@Nullable String server, String tool, List<Assignment> assignments) {
    CallWords {
        assignments = List.copyOf(assignments);
    }

    /**
     * One argument as written.
     *
     * @param isJson {@code key:=value}: the value is JSON; otherwise the tool's schema decides what it is
     */
    record Assignment(String key, String value, boolean isJson) {}

    /** @throws CommandFailure that says which word is wrong */
    static CallWords parse(List<String> words) {
        int names = words.size() > 1 && !isAssignment(words.get(1)) ? 2 : 1;
        String first = words.get(0);
        if (isAssignment(first)) {
            throw usage("'" + first + "' is where the server is expected: call SERVER TOOL key=value");
        }
        if (names == 1 && !first.matches(".*([./:]|__).*")) {
            throw usage("which tool of '" + first + "'? 'toolstream tools ls " + first + "' lists them");
        }
        if (first.isEmpty() || words.get(names - 1).isEmpty()) {
            throw usage("the name of the " + (first.isEmpty() ? "server" : "tool") + " is empty");
        }
        List<Assignment> assignments = new ArrayList<>();
        for (String word : words.subList(names, words.size())) {
            assignments.add(assignment(word));
        }
        return names == 2 ? new CallWords(first, words.get(1), assignments) : new CallWords(null, first, assignments);
    }

    private static boolean isAssignment(String word) {
        return word.indexOf('=') > 0;
    }

    private static Assignment assignment(String word) {
        int equals = word.indexOf('=');
        if (equals <= 0) {
            throw usage("'" + word + "' is no argument: key=value expected (quote values that hold blanks)");
        }
        boolean isJson = equals > 1 && word.charAt(equals - 1) == ':';
        return new Assignment(word.substring(0, isJson ? equals - 1 : equals), word.substring(equals + 1), isJson);
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
