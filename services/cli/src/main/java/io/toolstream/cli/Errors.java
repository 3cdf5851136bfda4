package io.toolstream.cli;

import io.toolstream.cli.text.SafeText;
import io.toolstream.settings.source.SettingsException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong, and chooses the exit code. */
final class Errors {
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
        List<String> suggestions =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String didYouMean = suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
        complain(message(e) + didYouMean);
        console.err().println("  '" + command.getCommandSpec().qualifiedName() + " --help' tells what there is");
        return ExitCode.USAGE.number();
    }

    /** A word where a command is expected is called that, not an unmatched argument. */
    private static String message(ParameterException e) {
        boolean expectsCommand = !e.getCommandLine().getSubcommands().isEmpty();
        if (expectsCommand && e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        return String.valueOf(e.getMessage());
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
