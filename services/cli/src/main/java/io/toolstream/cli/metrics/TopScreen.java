package io.toolstream.cli.metrics;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Draws lines over those it drew before, on a terminal; elsewhere one after the other, with an empty line between. What is
 * wider than the terminal is cut off there: a line that took two would move all below it.
 */
final class TopScreen {
    private static final String CLEAR = "\u001b[2J";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String WRAP_OFF = "\u001b[?7l";
    private static final String WRAP_ON = "\u001b[?7h";

    /** The line of the total, the headings, how many more there are, and where the cursor rests. */
    private static final int OTHER_LINES = 4;

    private final PrintStream out;
    private final boolean isTerminal;
    private final Supplier<OptionalInt> height;
    private boolean isFirst = true;

    /** @param height of the terminal in lines, asked before each drawing: it may have been resized */
    TopScreen(PrintStream out, boolean isTerminal, Supplier<OptionalInt> height) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.height = height;
    }

    /** How many tools there is room for, of those that are wanted: what scrolls out at the top are those in trouble. */
    int rows(int wanted) {
        if (!isTerminal) {
            return wanted;
        }
        OptionalInt lines = height.get();
        return lines.isEmpty() ? wanted : Math.max(1, Math.min(wanted, lines.getAsInt() - OTHER_LINES));
    }

    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (isTerminal) {
            text.append(isFirst ? CLEAR : "").append(WRAP_OFF).append(HOME);
            lines.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
            text.append(CLEAR_BELOW).append(WRAP_ON);
        } else {
            text.append(isFirst ? "" : "\n");
            lines.forEach(line -> text.append(line).append('\n'));
        }
        isFirst = false;
        out.print(text);
        out.flush();
    }
}
