package io.toolstream.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Results as one JSON object for programs. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(Environment environment, Samples samples) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("environment", environment.facts());
        report.put("rows", samples.rows().stream().map(JsonReport::members).toList());
        report.put(
                "ratios",
                new Ratios(samples).all().stream().map(JsonReport::members).toList());
        report.put("warmUpFailures", samples.warmUpFailures());
        return JsonText.of(report) + System.lineSeparator();
    }

    private static Map<String, Object> members(Row row) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("load", row.load());
        members.put("contender", row.contender().toString());
        members.put("callsPerSecond", members(row.callsPerSecond()));
        members.put("p50Ms", members(row.p50()));
        members.put("p95Ms", row.tail().p95());
        members.put("p99Ms", row.tail().p99());
        members.put("p999Ms", row.tail().p999());
        members.put("maxMs", row.tail().max());
        members.put("cpuMicrosPerCall", row.efforts().cpuMicros());
        members.put("cpuMicrosPerCallByProcess", byProcess(row, Row.OfProcess::cpuMicros));
        members.put("switchesPerCallByProcess", byProcess(row, Row.OfProcess::switches));
        members.put("allocatedKiBPerCallByProcess", byProcess(row, Row.OfProcess::allocatedKiB));
        members.put("calls", row.losses().calls());
        members.put("failures", row.losses().failures());
        row.losses().first().ifPresent(why -> members.put("firstFailure", why));
        return members;
    }

    private static Map<String, Double> byProcess(Row row, Function<Row.OfProcess, Double> figure) {
        Map<String, Double> figures = new TreeMap<>();
        row.efforts().byProcess().forEach((process, effort) -> figures.put(process, figure.apply(effort)));
        return figures;
    }

    private static Map<String, Object> members(Ratio ratio) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("load", ratio.load());
        members.put("name", ratio.name());
        members.put("value", members(ratio.value()));
        members.put("bound", ratio.verdict());
        return members;
    }

    private static Map<String, Object> members(Spread spread) {
        return Map.of("median", spread.median(), "rounds", List.of(spread.least(), spread.greatest()));
    }
}
