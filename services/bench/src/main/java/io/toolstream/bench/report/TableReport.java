package io.toolstream.bench.report;

import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Results as text for people: where, the rows, the ratios. */
public final class TableReport {
    private static final String ROW = "%-14s %-12s %9s %17s %8s %15s %8s %8s %8s %8s %8s %7s  %s%n";

    private TableReport() {}

    public static String of(Environment environment, Samples samples) {
        StringBuilder text = new StringBuilder(of(environment));
        text.append(String.format(
                "%n" + ROW,
                "load",
                "contender",
                "calls/s",
                "(rounds)",
                "p50 ms",
                "(rounds)",
                "p95",
                "p99",
                "p99.9",
                "max",
                "CPU µs",
                "failed",
                "CPU µs by process"));
        samples.rows().forEach(row -> text.append(line(row)));
        text.append(String.format("%n"));
        new Ratios(samples).all().forEach(ratio -> text.append(line(ratio)));
        text.append(String.format("%nof each call: context switches, and KiB of heap allocated, by process%n"));
        samples.rows().forEach(row -> text.append(efforts(row)));
        samples.rows()
                .forEach(row -> row.losses()
                        .first()
                        .ifPresent(
                                why -> text.append(String.format("%s, %s: %s%n", row.load(), row.contender(), why))));
        if (samples.warmUpFailures() > 0) {
            text.append(String.format("%d calls of warm-ups failed%n", samples.warmUpFailures()));
        }
        return text.toString();
    }

    static String of(Environment environment) {
        return environment.facts().entrySet().stream()
                .map(fact -> String.format("%-14s %s%n", fact.getKey(), fact.getValue()))
                .collect(Collectors.joining());
    }

    private static String line(Row row) {
        return String.format(
                ROW,
                row.load(),
                row.contender().toString(),
                whole(row.callsPerSecond().median()),
                "(" + whole(row.callsPerSecond().least()) + " to "
                        + whole(row.callsPerSecond().greatest()) + ")",
                decimal(row.p50().median()),
                "(" + decimal(row.p50().least()) + " to " + decimal(row.p50().greatest()) + ")",
                decimal(row.tail().p95()),
                decimal(row.tail().p99()),
                decimal(row.tail().p999()),
                decimal(row.tail().max()),
                whole(row.efforts().cpuMicros()),
                row.losses().failures(),
                split(row, effort -> whole(effort.cpuMicros())));
    }

    /** Of the call, which of the processes are idle shows: they take next to nothing. */
    private static String efforts(Row row) {
        return String.format(
                "%-14s %-12s %s%n",
                row.load(),
                row.contender().toString(),
                split(row, effort -> tenth(effort.switches()) + " and " + tenth(effort.allocatedKiB())));
    }

    private static String split(Row row, Function<Row.OfProcess, String> figure) {
        return row.efforts().byProcess().entrySet().stream()
                .map(process -> process.getKey() + " " + figure.apply(process.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String line(Ratio ratio) {
        return String.format(
                "%-14s %-34s %6s  (%s to %s)  %s%n",
                ratio.load(),
                ratio.name(),
                decimal(ratio.value().median()),
                decimal(ratio.value().least()),
                decimal(ratio.value().greatest()),
                ratio.verdict());
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
