package io.toolstream.cli.metrics;

import io.toolstream.cli.metrics.TopColumn.Line;
import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.client.metrics.ScopeFigures;
import io.toolstream.wire.CallFigures;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.StateFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The lines of {@code metrics top}: everything in one line, then tools, those in trouble first. Where there is little room, long
 * names are cut, and what matters least is left out.
 */
final class TopTable {
    private static final List<TopColumn> ALL = List.of(TopColumn.values());
    private static final List<TopColumn> FIRST_TO_GO = List.of(
            TopColumn.MAX, TopColumn.CACHED, TopColumn.RETRIED, TopColumn.P50, TopColumn.P99, TopColumn.BREAKER);
    private static final int LONG_NAME = 40;
    private static final int NAME = 24;
    private static final int SHORT_NAME = 12;

    /** From the widest to the narrowest. */
    private static final List<Fit> FITS = fits();

    private final int rows;
    private final int columns;
    private final Style style;

    /**
     * As large as there is room for.
     *
     * @param rows tools, at most
     * @param columns characters of a line; the narrowest table may need more
     */
    TopTable(int rows, int columns, Style style) {
        this.rows = rows;
        this.columns = columns;
        this.style = style;
    }

    /** Which columns there are, and how long names may be. */
    private record Fit(List<TopColumn> columns, int longestName) {
        Fit {
            columns = List.copyOf(columns);
        }

        Table table(List<Line> lines) {
            Table table = new Table(columns.stream().map(TopColumn::heading).toArray(String[]::new));
            lines.forEach(line -> table.row(columns.stream()
                    .map(column -> column.cell(line, longestName))
                    .toArray(String[]::new)));
            return table;
        }
    }

    private static List<Fit> fits() {
        List<Fit> fits = new ArrayList<>();
        fits.add(new Fit(ALL, Integer.MAX_VALUE));
        fits.add(new Fit(ALL, LONG_NAME));
        fits.add(new Fit(ALL, NAME));
        List<TopColumn> left = new ArrayList<>(ALL);
        for (TopColumn column : FIRST_TO_GO) {
            left.remove(column);
            fits.add(new Fit(left, NAME));
        }
        fits.add(new Fit(left, SHORT_NAME));
        return fits;
    }

    List<String> lines(List<ScopeFigures> scopes) {
        List<String> lines = new ArrayList<>();
        lines.add(scopes.stream()
                .filter(figures -> figures.scope().equals(MetricsScope.TOTAL))
                .findFirst()
                .map(TopTable::total)
                .orElse("nothing was published in the last minute: do the broker and the metrics app run?"));
        Map<String, StateFigures> servers = states(scopes);
        List<Line> tools = scopes.stream()
                .filter(figures -> figures.scope().kind() == MetricsScope.Kind.TOOL)
                .map(tool ->
                        new Line(tool, servers.get(String.valueOf(tool.scope().server()))))
                .sorted(byTrouble())
                .toList();
        lines.addAll(fitting(tools.subList(0, Math.min(rows, tools.size()))).lines(style));
        if (tools.size() > rows) {
            lines.add(style.faint("… and " + (tools.size() - rows) + " more"));
        }
        return lines;
    }

    private Table fitting(List<Line> tools) {
        Table table = FITS.get(0).table(tools);
        for (int next = 1; next < FITS.size() && width(table) > columns; next++) {
            table = FITS.get(next).table(tools);
        }
        return table;
    }

    private static int width(Table table) {
        return table.lines(Style.of(false)).stream()
                .mapToInt(line -> line.codePointCount(0, line.length()))
                .max()
                .orElse(0);
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
    private static Comparator<Line> byTrouble() {
        return Comparator.<Line>comparingInt(line -> TopColumn.isOpen(line.server()) ? 0 : 1)
                .thenComparing(line -> -TopColumn.failedShare(line.calls()))
                .thenComparing(line -> -line.calls().total().quantileMicros(0.95))
                .thenComparing(line ->
                        line.tool().scope().server() + "/" + line.tool().scope().tool());
    }

    private static String total(ScopeFigures figures) {
        CallFigures calls = figures.calls();
        StateFigures state = figures.state();
        String text = String.format(
                Locale.ROOT,
                "%.1f calls/s   %s failed   p50 %s   p95 %s   p99 %s",
                figures.perSecond(),
                TopColumn.share(TopColumn.failedShare(calls)),
                TopColumn.time(calls.total().quantileMicros(0.5)),
                TopColumn.time(calls.total().quantileMicros(0.95)),
                TopColumn.time(calls.total().quantileMicros(0.99)));
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
}
