package io.toolstream.bench.report;

import java.util.Map;
import java.util.TreeMap;

/** Where and how a run took place: name and value, in order of name. */
public record Environment(Map<String, String> facts) {
    public Environment {
        facts = new TreeMap<>(facts);
    }
}
