package io.toolstream.runtime.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person is looking. Java cannot tell for stderr alone: Linux can, elsewhere the console stands in. */
final class Terminal {
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    @SuppressWarnings(
            "SystemConsoleNull") // From Java 22 on it may stand for no terminal at all: then text is the mistake.
    static boolean isStderr() {
        if (!Files.exists(STDERR)) {
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(STDERR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
