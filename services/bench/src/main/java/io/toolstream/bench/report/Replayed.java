package io.toolstream.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How much a replay harms live calls, and whether it did what it should. */
public record Replayed(int letters, int perSecond, List<ReplayPair> pairs, ReplayTally tally) {
    private static final double MOST_P95 = 125;

    public Replayed {
        pairs = List.copyOf(pairs);
    }

    /** Whether the median stays within what is promised, no live call failed, and each letter was sent once and answered. */
    public boolean isKept() {
        return tally.isRight() && lost() == 0 && median(ReplayPair::p95Percent) <= MOST_P95;
    }

    private long lost() {
        return pairs.stream()
                .mapToLong(pair -> pair.without().failures().total()
                        + pair.with().failures().total())
                .sum();
    }

    public String table(Environment environment) {
        return TableReport.of(environment)
                + String.format(
                        Locale.ROOT,
                        """

                        %d dead letters at %d a second, interrupted and gone on with %d times
                        not sent %d, sent twice %d, not answered ok %d

                        live calls      without              with the replay
                        p50 ms          %-20s %s
                        p95 ms          %-20s %s
                        p95 %%           %s, promised at most %.0f
                        failed          %d

                        medians of %d pairs (least to greatest): %s
                        """,
                        letters,
                        perSecond,
                        pairs.size(),
                        tally.missing(),
                        tally.twice(),
                        tally.notOk(),
                        spread(pair -> pair.without().latency().p50Nanos() / 1e6),
                        spread(pair -> pair.with().latency().p50Nanos() / 1e6),
                        spread(pair -> pair.without().latency().p95Nanos() / 1e6),
                        spread(pair -> pair.with().latency().p95Nanos() / 1e6),
                        spread(ReplayPair::p95Percent),
                        MOST_P95,
                        lost(),
                        pairs.size(),
                        isKept() ? "kept" : "NOT kept");
    }

    public String json(Environment environment) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("environment", environment.facts());
        report.put("kept", Boolean.toString(isKept()));
        report.put("letters", letters);
        report.put("notSent", tally.missing());
        report.put("sentTwice", tally.twice());
        report.put("notOk", tally.notOk());
        report.put("pairs", pairs.stream().map(Replayed::members).toList());
        return JsonText.of(report) + System.lineSeparator();
    }

    private static Map<String, Object> members(ReplayPair pair) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("p95MsWithout", pair.without().latency().p95Nanos() / 1e6);
        members.put("p95MsWith", pair.with().latency().p95Nanos() / 1e6);
        members.put("p95Percent", pair.p95Percent());
        members.put("replayed", pair.replayed());
        return members;
    }

    private String spread(ToDoubleFunction<ReplayPair> figure) {
        double[] sorted = pairs.stream().mapToDouble(figure).sorted().toArray();
        return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", median(figure), sorted[0], sorted[sorted.length - 1]);
    }

    private double median(ToDoubleFunction<ReplayPair> figure) {
        double[] sorted = pairs.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
