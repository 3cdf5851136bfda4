package io.toolstream.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether somebody is watching, and on how much. */
public final class Terminals {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})\\s*");

    private Terminals() {}

    /** Asks the system about one file descriptor where it can be asked; otherwise all three count as one. */
    @SuppressWarnings(
            "SystemConsoleNull") // from 22 on it may be there without a terminal: one more escape sequence at worst
    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** How many lines the terminal of this process has now; empty where there is none, or nothing that tells. Blocks shortly. */
    public static OptionalInt height() {
        return ask(1);
    }

    /** The same of its columns. */
    public static OptionalInt width() {
        return ask(2);
    }

    private static OptionalInt ask(int group) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = SIZE.matcher(answer);
            int told = size.matches() ? Integer.parseInt(size.group(group)) : 0;
            return told == 0 ? OptionalInt.empty() : OptionalInt.of(told);
        } catch (IOException nobodyToAsk) {
            return OptionalInt.empty();
        }
    }
}
