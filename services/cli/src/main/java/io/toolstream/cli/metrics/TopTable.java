package io.toolstream.cli.metrics;

import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.client.metrics.ScopeFigures;
import io.toolstream.wire.CallFigures;
import io.toolstream.wire.CallFigures.Count;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.StateFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of {@code metrics top}: everything in one line, then tools, those in trouble first. */
final class TopTable {
    private final int rows;
    private final Style style;

    TopTable(int rows, Style style) {
        this.rows = rows;
        this.style = style;
    }

    List<String> lines(List<ScopeFigures> scopes) {
        List<String> lines = new ArrayList<>();
        lines.add(scopes.stream()
                .filter(figures -> figures.scope().equals(MetricsScope.TOTAL))
                .findFirst()
                .map(TopTable::total)
                .orElse("nothing was published in the last minute: is the metrics app running?"));
        Map<String, StateFigures> servers = states(scopes);
        List<ScopeFigures> tools = scopes.stream()
                .filter(figures -> figures.scope().kind() == MetricsScope.Kind.TOOL)
                .sorted(byTrouble(servers))
                .toList();
        Table table = new Table(
                "SERVER", "TOOL", "CALLS/S", "FAILED", "P50", "P95", "P99", "MAX", "RETRIED", "CACHED", "BREAKER");
        tools.stream()
                .limit(rows)
                .forEach(tool ->
                        row(table, tool, servers.get(String.valueOf(tool.scope().server()))));
        lines.addAll(table.lines(style));
        if (tools.size() > rows) {
            lines.add(style.faint("… and " + (tools.size() - rows) + " more"));
        }
        return lines;
    }

    private static Map<String, StateFigures> states(List<ScopeFigures> scopes) {
        Map<String, StateFigures> states = new HashMap<>();
        for (ScopeFigures figures : scopes) {
            StateFigures state = figures.state();
            if (figures.scope().kind() == MetricsScope.Kind.SERVER && state != null) {
                states.put(String.valueOf(figures.scope().server()), state);
            }
        }
        return states;
    }

    /** An open breaker first, then the share that failed, then the time most calls take. */
    private static Comparator<ScopeFigures> byTrouble(Map<String, StateFigures> servers) {
        return Comparator.<ScopeFigures>comparingInt(
                        tool -> isOpen(servers.get(String.valueOf(tool.scope().server()))) ? 0 : 1)
                .thenComparing(tool -> -failedShare(tool.calls()))
                .thenComparing(tool -> -tool.calls().total().quantileMicros(0.95))
                .thenComparing(
                        tool -> tool.scope().server() + "/" + tool.scope().tool());
    }

    private static String total(ScopeFigures figures) {
        CallFigures calls = figures.calls();
        StateFigures state = figures.state();
        String text = String.format(
                Locale.ROOT,
                "%.1f calls/s   %s failed   p50 %s   p95 %s   p99 %s",
                figures.perSecond(),
                share(failedShare(calls)),
                time(calls.total().quantileMicros(0.5)),
                time(calls.total().quantileMicros(0.95)),
                time(calls.total().quantileMicros(0.99)));
        return state == null
                ? text
                : text
                        + String.format(
                                Locale.ROOT,
                                "   %d %s   %d in flight   %d parked",
                                state.level().workers(),
                                state.level().workers() == 1 ? "worker" : "workers",
                                state.level().inFlight(),
                                state.level().parked());
    }

    private void row(Table table, ScopeFigures tool, @Nullable StateFigures server) {
        CallFigures calls = tool.calls();
        table.row(
                String.valueOf(tool.scope().server()),
                String.valueOf(tool.scope().tool()),
                String.format(Locale.ROOT, "%.1f", tool.perSecond()),
                share(failedShare(calls)),
                time(calls.total().quantileMicros(0.5)),
                time(calls.total().quantileMicros(0.95)),
                time(calls.total().quantileMicros(0.99)),
                time((double) calls.total().maxMicros()),
                Long.toString(calls.of(Count.RETRIED)),
                share(ratio(calls.of(Count.L1) + calls.of(Count.L2) + calls.of(Count.COALESCED), calls.calls())),
                server == null ? "" : isOpen(server) ? "open" : "closed");
    }

    private static boolean isOpen(@Nullable StateFigures server) {
        return server != null && server.level().breakersOpen() > 0;
    }

    /** Calls that were answered with a dead letter: all that should not have ended so. */
    private static double failedShare(CallFigures calls) {
        return ratio(calls.of(Count.DEAD_LETTERS), calls.calls());
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String share(double share) {
        return share == 0 ? "0 %" : String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    private static String time(double micros) {
        if (micros < 1_000) {
            return String.format(Locale.ROOT, "%.0f µs", micros);
        }
        if (micros < 1_000_000) {
            return String.format(Locale.ROOT, micros < 10_000 ? "%.1f ms" : "%.0f ms", micros / 1_000);
        }
        return String.format(Locale.ROOT, "%.1f s", micros / 1_000_000);
    }
}
