package io.toolstream.cli.metrics;

import java.io.PrintStream;
import java.util.List;

/** Draws lines over those it drew before, on a terminal; elsewhere one after the other, with an empty line between. */
final class TopScreen {
    private static final String CLEAR = "\u001b[2J";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final boolean isTerminal;
    private boolean isFirst = true;

    TopScreen(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (isTerminal) {
            text.append(isFirst ? CLEAR : "").append(HOME);
            lines.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
            text.append(CLEAR_BELOW);
        } else {
            text.append(isFirst ? "" : "\n");
            lines.forEach(line -> text.append(line).append('\n'));
        }
        isFirst = false;
        out.print(text);
        out.flush();
    }
}
