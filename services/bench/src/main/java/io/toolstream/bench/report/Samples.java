package io.toolstream.bench.report;

import io.toolstream.bench.contender.Contender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All samples of a run, in the order they were taken.
 *
 * @param warmUpFailures calls of warm-ups that were lost, failed or wrongly answered
 */
public record Samples(List<Sample> all, long warmUpFailures) {
    public Samples {
        all = List.copyOf(all);
    }

    /** Loads in the order of their first sample. */
    List<String> loads() {
        return all.stream().map(Sample::load).distinct().toList();
    }

    /** One row for each load and contender that was measured, contenders in their own order. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String load : loads()) {
            for (Contender contender : Contender.values()) {
                List<Sample> rounds = all.stream()
                        .filter(sample -> sample.load().equals(load) && sample.contender() == contender)
                        .toList();
                if (!rounds.isEmpty()) {
                    rows.add(Row.of(rounds));
                }
            }
        }
        return rows;
    }

    /** Per round, what was measured at this load. */
    Collection<Map<Contender, Sample>> rounds(String load) {
        Map<Integer, Map<Contender, Sample>> rounds = new TreeMap<>();
        all.stream()
                .filter(sample -> sample.load().equals(load))
                .forEach(sample -> rounds.computeIfAbsent(sample.round(), round -> new EnumMap<>(Contender.class))
                        .put(sample.contender(), sample));
        return rounds.values();
    }

    /** Calls lost, failed or wrongly answered, measured or not. */
    public long failures() {
        return warmUpFailures
                + all.stream()
                        .mapToLong(sample -> sample.measurement().failures().total())
                        .sum();
    }
}
