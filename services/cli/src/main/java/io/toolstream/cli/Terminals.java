package io.toolstream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether somebody is watching. */
final class Terminals {
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
}
