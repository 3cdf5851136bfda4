package io.toolstream.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How much one bad server harms the others, fault by fault. */
public final class IsolationReport {
    private static final double LEAST_GOODPUT = 95;
    private static final double MOST_P95 = 125;

    private IsolationReport() {}

    /** Whether the medians of every fault stay within what is promised. */
    public static boolean isKept(List<IsolationPair> pairs) {
        return byFault(pairs).values().stream()
                .allMatch(some -> median(some, IsolationPair::goodputPercent) >= LEAST_GOODPUT
                        && median(some, IsolationPair::p95Percent) <= MOST_P95);
    }

    public static String table(Environment environment, List<IsolationPair> pairs) {
        StringBuilder text = new StringBuilder(TableReport.of(environment));
        text.append(String.format(
                "%n%-10s %7s %18s %22s %24s %14s %10s %12s%n",
                "fault",
                "rounds",
                "others' goodput %",
                "p95 ms without",
                "p95 ms with",
                "p95 %",
                "lost",
                "back after s"));
        byFault(pairs).forEach((fault, some) -> text.append(line(fault, some)));
        text.append(String.format(
                Locale.ROOT,
                "%nmedians (least to greatest); promised: goodput at least %.0f %%, p95 at most %.0f %%: %s%n",
                LEAST_GOODPUT,
                MOST_P95,
                isKept(pairs) ? "kept" : "NOT kept"));
        return text.toString();
    }

    private static String line(String fault, List<IsolationPair> some) {
        return String.format(
                Locale.ROOT,
                "%-10s %7d %18s %22s %24s %14s %10d %12s%n",
                fault,
                some.size(),
                spread(some, IsolationPair::goodputPercent),
                spread(some, pair -> pair.without().latency().p95Nanos() / 1e6),
                spread(some, pair -> pair.with().latency().p95Nanos() / 1e6),
                spread(some, IsolationPair::p95Percent),
                some.stream().mapToLong(pair -> pair.with().failures().total()).sum(),
                spread(some, pair -> pair.recovery().toMillis() / 1e3));
    }

    public static String json(Environment environment, List<IsolationPair> pairs) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("environment", environment.facts());
        report.put("kept", Boolean.toString(isKept(pairs)));
        report.put("pairs", pairs.stream().map(IsolationReport::members).toList());
        return JsonText.of(report) + System.lineSeparator();
    }

    private static Map<String, Object> members(IsolationPair pair) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("fault", pair.fault());
        members.put("goodputPercent", pair.goodputPercent());
        members.put("p95Percent", pair.p95Percent());
        members.put("p95MsWithout", pair.without().latency().p95Nanos() / 1e6);
        members.put("p95MsWith", pair.with().latency().p95Nanos() / 1e6);
        members.put("othersLost", pair.with().failures().total());
        members.put("badAnswered", pair.bad().answered());
        members.put("badFailed", pair.bad().failures().total());
        members.put("recoverySeconds", pair.recovery().toMillis() / 1e3);
        return members;
    }

    private static Map<String, List<IsolationPair>> byFault(List<IsolationPair> pairs) {
        Map<String, List<IsolationPair>> byFault = new LinkedHashMap<>();
        pairs.forEach(pair -> byFault.computeIfAbsent(
                pair.fault(),
                fault -> pairs.stream()
                        .filter(each -> each.fault().equals(fault))
                        .toList()));
        return byFault;
    }

    private static String spread(List<IsolationPair> some, ToDoubleFunction<IsolationPair> figure) {
        double[] sorted = some.stream().mapToDouble(figure).sorted().toArray();
        return String.format(
                Locale.ROOT, "%.1f (%.1f to %.1f)", median(some, figure), sorted[0], sorted[sorted.length - 1]);
    }

    private static double median(List<IsolationPair> some, ToDoubleFunction<IsolationPair> figure) {
        double[] sorted = some.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
