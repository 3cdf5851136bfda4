package io.toolstream.cli.metrics;

import io.toolstream.client.metrics.ScopeFigures;
import io.toolstream.wire.CallFigures;
import io.toolstream.wire.CallFigures.Count;
import io.toolstream.wire.StateFigures;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the table of {@code metrics top} says of a tool, in the order of its columns. */
enum TopColumn {
    SERVER("SERVER"),
    TOOL("TOOL"),
    RATE("CALLS/S"),
    FAILED("FAILED"),
    P50("P50"),
    P95("P95"),
    P99("P99"),
    MAX("MAX"),
    RETRIED("RETRIED"),
    CACHED("CACHED"),
    BREAKER("BREAKER");

    private final String heading;

    TopColumn(String heading) {
        this.heading = heading;
    }

    /** @param server how the tool's server is, if that was told */
    record Line(ScopeFigures tool, @Nullable StateFigures server) {
        CallFigures calls() {
            return tool.calls();
        }
    }

    String heading() {
        return heading;
    }

    /** @param longestName in characters; longer ones are cut */
    String cell(Line line, int longestName) {
        String text = text(line);
        boolean isName = this == SERVER || this == TOOL;
        return isName && text.codePointCount(0, text.length()) > longestName
                ? text.substring(0, text.offsetByCodePoints(0, longestName - 1)) + "…"
                : text;
    }

    private String text(Line line) {
        CallFigures calls = line.calls();
        return switch (this) {
            case SERVER -> String.valueOf(line.tool().scope().server());
            case TOOL -> String.valueOf(line.tool().scope().tool());
            case RATE -> String.format(Locale.ROOT, "%.1f", line.tool().perSecond());
            case FAILED -> share(failedShare(calls));
            case P50 -> quantile(calls, 0.5);
            case P95 -> quantile(calls, 0.95);
            case P99 -> quantile(calls, 0.99);
            case MAX -> time((double) calls.total().maxMicros());
            case RETRIED -> Long.toString(calls.of(Count.RETRIED));
            case CACHED -> share(cachedShare(calls));
            case BREAKER -> line.server() == null ? "" : isOpen(line.server()) ? "open" : "closed";
        };
    }

    static boolean isOpen(@Nullable StateFigures server) {
        return server != null && server.level().breakersOpen() > 0;
    }

    /** Calls that were answered with a dead letter: all that should not have ended so. */
    static double failedShare(CallFigures calls) {
        return ratio(calls.of(Count.DEAD_LETTERS), calls.calls());
    }

    private static double cachedShare(CallFigures calls) {
        return ratio(calls.of(Count.L1) + calls.of(Count.L2) + calls.of(Count.COALESCED), calls.calls());
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    static String share(double share) {
        return share == 0 ? "0 %" : String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    private static String quantile(CallFigures calls, double share) {
        return time(calls.total().quantileMicros(share));
    }

    static String time(double micros) {
        if (micros < 1_000) {
            return String.format(Locale.ROOT, "%.0f µs", micros);
        }
        if (micros < 1_000_000) {
            return String.format(Locale.ROOT, micros < 10_000 ? "%.1f ms" : "%.0f ms", micros / 1_000);
        }
        return String.format(Locale.ROOT, "%.1f s", micros / 1_000_000);
    }
}
