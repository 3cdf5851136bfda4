package io.toolstream.bench.place;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What parent and child say to each other: a word and named values on one line, apart by tabs. */
final class Lines {
    static final String READY = "ready";
    static final String FAILED = "failed";
    static final String FACTS = "facts";
    static final String FIGURES = "figures";

    /** The same after a collection. */
    static final String COLLECTED = "collected";

    private Lines() {}

    static String of(String word, Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> "\t" + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("", word, ""));
    }

    static String word(String line) {
        int end = line.indexOf('\t');
        return end < 0 ? line : line.substring(0, end);
    }

    static Map<String, String> values(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        String[] parts = line.split("\t", -1);
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return values;
    }
}
