package io.toolstream.cli.local;

import io.toolstream.cli.text.ContentText;
import io.toolstream.cli.text.SafeText;
import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demonstration's results for people. */
final class DemoReport {
    private DemoReport() {}

    /** What was typed, and what came back. */
    static List<String> lines(DemoOutcome outcome, Style style) {
        DemoStep step = outcome.step();
        Reply reply = outcome.replies().get(0);
        List<String> lines = new ArrayList<>();
        String times = step.atOnce() == 1 ? "" : "  × " + step.times() + ", " + step.atOnce() + " at a time";
        lines.add(style.faint("# " + step.title()));
        lines.add(style.bold("$ toolstream call demo " + step.command()) + times);
        String status = reply.status().text();
        lines.add((outcome.isAsExpected() ? style.good(status) : style.bad(status)) + "  " + answer(reply));
        lines.add("");
        return lines;
    }

    private static String answer(Reply reply) {
        if (reply.error() != null) {
            return SafeText.of(reply.error().message());
        }
        return reply.result() == null ? "" : ContentText.of(reply.result());
    }

    static List<String> table(List<DemoOutcome> outcomes, Style style) {
        Table table = new Table("CALL", "SENT", "AT ONCE", "OUTCOME", "KEPT", "P50 MS", "P95 MS");
        for (DemoOutcome outcome : outcomes) {
            table.row(
                    outcome.step().title(),
                    Integer.toString(outcome.step().times()),
                    Integer.toString(outcome.step().atOnce()),
                    outcome.step().expected().text() + (outcome.isAsExpected() ? "" : " expected!"),
                    Long.toString(outcome.kept()),
                    millis(outcome.percentileMillis(0.5)),
                    millis(outcome.percentileMillis(0.95)));
        }
        return table.lines(style);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }
}
