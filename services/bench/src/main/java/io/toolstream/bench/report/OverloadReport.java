package io.toolstream.bench.report;

import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.place.ProcessFigures;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Whether capacity is held under more than it, and what it costs. */
public final class OverloadReport {
    private OverloadReport() {}

    /** Whether what is promised was kept. */
    public static boolean isKept(Overload overload) {
        return overload.isKept();
    }

    public static String table(Environment environment, Overload overload) {
        StringBuilder text = new StringBuilder(TableReport.of(environment)).append('\n');
        Measurement peak = overload.peak();
        Measurement before = overload.before();
        line(
                text,
                "peak",
                number(peak.callsPerSecond()) + " calls/s, p50 "
                        + millis(peak.latency().p50Nanos()));
        line(
                text,
                "half of it",
                number(before.callsPerSecond()) + " calls/s, p95 "
                        + millis(before.latency().p95Nanos()));
        line(text, "overloaded", overloaded(overload));
        line(
                text,
                "first refusal",
                String.valueOf(overload.overloaded().failures().first()));
        line(text, "normal again", "after " + overload.secondsToNormal() + " s");
        line(text, "worker before", process(overload.atFirst()));
        line(text, "worker after", process(overload.atLast()));
        line(text, "connections", overload.mostConnections() + " at the same time, counted at the server");
        line(text, "promised", "90 % of the peak, normal within 15 s: " + (overload.isKept() ? "kept" : "NOT kept"));
        return text.toString();
    }

    private static String overloaded(Overload overload) {
        Measurement all = overload.overloaded();
        return String.format(
                Locale.ROOT,
                "%.0f calls/s answered, %.1f %% of the peak; p50 %s, p99 %s; %d of %d refused, %d lost, %d wrong",
                overload.goodput(),
                overload.goodputPercent(),
                millis(all.latency().p50Nanos()),
                millis(all.latency().p99Nanos()),
                all.failures().failed(),
                all.answered() + all.failures().total(),
                all.failures().lost(),
                all.failures().wrong());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-14s %s%n", name, value));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private static String process(ProcessFigures figures) {
        return String.format(
                Locale.ROOT,
                "RSS %.1f MiB, heap after collection %.1f MiB, %d threads",
                figures.residentKiB() / 1024.0,
                figures.heapKiB() / 1024.0,
                figures.threadsLive());
    }

    public static String json(Environment environment, Overload overload) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("environment", environment.facts());
        report.put("kept", Boolean.toString(overload.isKept()));
        report.put("peakPerSecond", overload.peak().callsPerSecond());
        report.put("goodputPerSecond", overload.goodput());
        report.put("goodputPercent", overload.goodputPercent());
        report.put("p50Ms", overload.overloaded().latency().p50Nanos() / 1e6);
        report.put("p99Ms", overload.overloaded().latency().p99Nanos() / 1e6);
        report.put("refused", overload.overloaded().failures().failed());
        report.put("lost", overload.overloaded().failures().lost());
        report.put("secondsToNormal", overload.secondsToNormal());
        report.put("residentMiBBefore", overload.atFirst().residentKiB() / 1024.0);
        report.put("residentMiBAfter", overload.atLast().residentKiB() / 1024.0);
        report.put("heapMiBBefore", overload.atFirst().heapKiB() / 1024.0);
        report.put("heapMiBAfter", overload.atLast().heapKiB() / 1024.0);
        report.put("threadsBefore", overload.atFirst().threadsLive());
        report.put("threadsAfter", overload.atLast().threadsLive());
        report.put("mostConnections", overload.mostConnections());
        return JsonText.of(report) + System.lineSeparator();
    }
}
