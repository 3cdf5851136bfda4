package io.toolstream.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system has against a file, in words and without the file's name: whoever tells it has named the file. */
public final class FileTrouble {
    /** As {@code java.io} says it: {@code calls.jsonl (No such file or directory)}. */
    private static final Pattern IN_BRACKETS = Pattern.compile(".*\\(([^()]+)\\)", Pattern.DOTALL);

    private FileTrouble() {}

    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        if (failure instanceof FileNotFoundException) {
            Matcher message = IN_BRACKETS.matcher(String.valueOf(failure.getMessage()));
            return message.matches() ? message.group(1) : CommandFailure.reason(failure);
        }
        return CommandFailure.reason(failure);
    }
}
