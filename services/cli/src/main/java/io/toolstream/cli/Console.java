package io.toolstream.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command sees of the world it was called in.
 *
 * @param out for data
 * @param err for everything else
 */
public record Console(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        boolean outIsTerminal,
        boolean errIsTerminal) {
    public Console {
        environment = Map.copyOf(environment);
    }

    /** Whether data may be coloured: on a terminal, unless {@code NO_COLOR} is set (to anything but nothing). */
    public boolean coloursOut() {
        return outIsTerminal && mayColour();
    }

    /** The same for everything else. */
    public boolean coloursErr() {
        return errIsTerminal && mayColour();
    }

    private boolean mayColour() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }
}
