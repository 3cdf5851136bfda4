package io.toolstream.cli.batch;

import io.toolstream.cli.Console;
import io.toolstream.cli.text.SafeText;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How far the batch is, on standard error: one line that changes on a terminal, a line now and then elsewhere. One thread. */
final class Progress {
    private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_COMPLAINTS = 20;

    private static final String CLEAR = "\r\u001b[K";

    /** On a narrow terminal the line is cut: one that took two would stay as the next one is drawn. */
    private static final String WRAP_OFF = "\u001b[?7l";

    private static final String WRAP_ON = "\u001b[?7h";

    private final Console console;
    private final LongSupplier nanoTime;
    private final OptionalLong inputBytes;
    private final long beganNanos;
    private final long beganWith;
    private long shownNanos;
    private long complaints;

    /** @param beganWith results there before */
    Progress(Console console, LongSupplier nanoTime, OptionalLong inputBytes, long beganWith) {
        this.console = console;
        this.nanoTime = nanoTime;
        this.inputBytes = inputBytes;
        this.beganNanos = nanoTime.getAsLong();
        this.shownNanos = beganNanos;
        this.beganWith = beganWith;
    }

    void show(Totals totals, long bytesRead) {
        long nowNanos = nanoTime.getAsLong();
        if (nowNanos - shownNanos < (console.errIsTerminal() ? TERMINAL_NANOS : PLAIN_NANOS)) {
            return;
        }
        shownNanos = nowNanos;
        String line = results(totals) + share(bytesRead) + "  " + totals + "  " + rate(totals, nowNanos);
        if (console.errIsTerminal()) {
            console.err().print(CLEAR + WRAP_OFF + line + WRAP_ON);
            console.err().flush();
        } else {
            console.err().println(line);
        }
    }

    /** A wrong line; after the first few only counted. */
    void complain(String where, String why) {
        complaints++;
        if (complaints <= MOST_COMPLAINTS) {
            clear();
            console.err().println(SafeText.line(where + ": " + why));
        } else if (complaints == MOST_COMPLAINTS + 1) {
            clear();
            console.err().println("more wrong lines are not named here; their results say 'rejected'");
        }
    }

    void end(String how, Totals totals) {
        clear();
        String counts = totals.toString().isEmpty() ? "" : ": " + totals;
        console.err().println(how + results(totals) + counts + "  " + rate(totals, nanoTime.getAsLong()));
    }

    private static String results(Totals totals) {
        return totals.all() + (totals.all() == 1 ? " result" : " results");
    }

    private void clear() {
        if (console.errIsTerminal()) {
            console.err().print(CLEAR);
        }
    }

    /** Of the input that was read, which runs ahead of the results by the calls in flight. */
    private String share(long bytesRead) {
        if (inputBytes.isEmpty() || inputBytes.getAsLong() == 0) {
            return "";
        }
        return String.format(Locale.ROOT, " (%d %% read)", Math.min(100, 100 * bytesRead / inputBytes.getAsLong()));
    }

    private String rate(Totals totals, long nowNanos) {
        double seconds = Math.max(0.001, (nowNanos - beganNanos) / 1e9);
        return String.format(Locale.ROOT, "%.0f/s, %.1f s", (totals.all() - beganWith) / seconds, seconds);
    }
}
