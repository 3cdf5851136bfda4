package io.toolstream.cli;

import io.toolstream.cli.text.SafeText;
import io.toolstream.settings.source.DidYouMean;
import io.toolstream.settings.source.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong, and chooses the exit code. */
final class Errors {
    /** How picocli names the values of an enum. */
    private static final Pattern CHOICES =
            Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'", Pattern.DOTALL);

    private final Console console;

    Errors(Console console) {
        this.console = console;
    }

    int onParameters(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        if (arguments.length == 0) {
            command.usage(console.err());
            return ExitCode.USAGE.number();
        }
        ParameterException mistake = mistake(e);
        complain(message(mistake) + didYouMean(mistake));
        console.err().println("  '" + command.getCommandSpec().qualifiedName() + " --help' tells what there is");
        return ExitCode.USAGE.number();
    }

    /** A slip in an option is the mistake, not what it left to be missed. */
    private static ParameterException mistake(ParameterException e) {
        List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
        boolean isSlip = e instanceof MissingParameterException
                && !unmatched.isEmpty()
                && unmatched.get(0).startsWith("-");
        return isSlip ? new UnmatchedArgumentException(e.getCommandLine(), unmatched) : e;
    }

    /** A word where a command is expected is called that, not an unmatched argument. */
    private static String message(ParameterException e) {
        boolean expectsCommand = !e.getCommandLine().getSubcommands().isEmpty();
        if (expectsCommand && e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        return CHOICES.matcher(String.valueOf(e.getMessage())).replaceFirst(Errors::choices);
    }

    private static String didYouMean(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> suggestions = unmatched.getSuggestions();
        if (!suggestions.isEmpty()) {
            return "; did you mean " + String.join(" or ", suggestions) + "?";
        }
        List<String> known = new ArrayList<>();
        e.getCommandLine().getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        return DidYouMean.hint(known, unmatched.getUnmatched().get(0));
    }

    /** As they are to be typed, and as the help has them. */
    private static String choices(MatchResult found) {
        String choices = Arrays.stream(found.group(1).split(", ", -1))
                .map(choice -> choice.toLowerCase(Locale.ROOT).replace('_', '-'))
                .distinct() // picocli names some by two names
                .collect(Collectors.joining(", "));
        return Matcher.quoteReplacement("'" + found.group(2) + "' is none of " + choices);
    }

    int onExecution(Exception e, CommandLine command, ParseResult arguments) {
        if (e instanceof CommandFailure failure) {
            complain(failure.message());
            return failure.code().number();
        }
        if (e instanceof SettingsException settings) {
            settings.problems().forEach(problem -> complain(problem.toString()));
            return ExitCode.BAD_SETTINGS.number();
        }
        if (e instanceof InterruptedException) {
            return ExitCode.INTERRUPTED.number();
        }
        complain("a bug: " + e + " (TOOLSTREAM_LOG=debug shows where)");
        if (Logs.isDebug(console.environment())) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                console.err().println(cause);
                for (StackTraceElement frame : cause.getStackTrace()) {
                    console.err().println("    at " + frame);
                }
            }
        }
        return ExitCode.INTERNAL.number();
    }

    private void complain(String message) {
        console.err().println("toolstream: " + SafeText.of(message));
    }
}
