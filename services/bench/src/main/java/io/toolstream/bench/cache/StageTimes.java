package io.toolstream.bench.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long calls took in the worker's cache stage, by result, as the worker's own meters tell.
 *
 * @param buckets by result: calls that took so many seconds or less
 */
record StageTimes(Map<String, TreeMap<Double, Double>> buckets) {
    private static final Pattern LINE =
            Pattern.compile("^toolstream_cache_calls_seconds_bucket\\{(.*)\\} ([0-9.E+-]+)");

    private static final Pattern BOUND = Pattern.compile("\\ble=\"([^\"]+)\"");
    private static final Pattern RESULT = Pattern.compile("\\bresult=\"([^\"]+)\"");

    /** Of a page of metrics in Prometheus's text format. */
    static StageTimes of(String page) {
        Map<String, TreeMap<Double, Double>> buckets = new HashMap<>();
        page.lines().map(LINE::matcher).filter(Matcher::find).forEach(line -> {
            double seconds = seconds(label(BOUND, line.group(1)));
            buckets.computeIfAbsent(label(RESULT, line.group(1)), unused -> new TreeMap<>())
                    .merge(seconds, Double.parseDouble(line.group(2)), Double::sum);
        });
        return new StageTimes(buckets);
    }

    private static String label(Pattern label, String labels) {
        Matcher found = label.matcher(labels);
        return found.find() ? found.group(1) : "";
    }

    private static double seconds(String bound) {
        return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }

    StageTimes since(StageTimes before) {
        Map<String, TreeMap<Double, Double>> difference = new HashMap<>();
        buckets.forEach((result, bounds) -> {
            TreeMap<Double, Double> earlier = before.buckets.getOrDefault(result, new TreeMap<>());
            TreeMap<Double, Double> now = new TreeMap<>();
            bounds.forEach((bound, count) -> now.put(bound, count - earlier.getOrDefault(bound, 0.0)));
            difference.put(result, now);
        });
        return new StageTimes(difference);
    }

    /** The smallest bound that holds this part of the calls, in seconds; NaN where there were none. */
    double quantile(String result, double part) {
        TreeMap<Double, Double> bounds = buckets.getOrDefault(result, new TreeMap<>());
        double all = bounds.isEmpty() ? 0 : bounds.lastEntry().getValue();
        return bounds.entrySet().stream()
                .filter(bound -> all > 0 && bound.getValue() >= part * all)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Double.NaN);
    }
}
