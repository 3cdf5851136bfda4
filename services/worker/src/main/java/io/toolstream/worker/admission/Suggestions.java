package io.toolstream.worker.admission;

import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.invoke.Quoted;
import io.toolstream.worker.invoke.Tool;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** "Did you mean": names close to one that does not exist. Pure; bounded in what it compares. */
final class Suggestions {
    private static final int MOST_SHOWN = 3;
    private static final int MOST_COMPARED = 300;
    private static final int MOST_CHARS = 64;

    private Suggestions() {}

    /** {@code ; did you mean "x"?}, or nothing where nothing is close. */
    static String of(String name, Collection<String> known) {
        return ofStream(name, known.stream());
    }

    /** Tools of all servers under a composed name, and those whose own name is the one asked for. */
    static String composed(CatalogueSnapshot catalogue, String name) {
        Stream<Tool> tools = catalogue.servers().stream().flatMap(server -> server.tools().values().stream());
        List<Tool> all = tools.limit(MOST_COMPARED).toList();
        List<String> same = all.stream()
                .filter(tool -> tool.name().equals(name))
                .map(Suggestions::composedName)
                .sorted()
                .limit(MOST_SHOWN)
                .toList();
        return same.isEmpty() ? ofStream(name, all.stream().map(Suggestions::composedName)) : shown(same);
    }

    private static String composedName(Tool tool) {
        return tool.server() + "__" + tool.name();
    }

    private static String ofStream(String name, Stream<String> known) {
        if (name.length() > MOST_CHARS) {
            return "";
        }
        int tolerated = Math.max(1, name.length() / 3);
        return shown(known.limit(MOST_COMPARED)
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= tolerated)
                .map(candidate -> new Candidate(candidate, distance(folded(name), folded(candidate))))
                .filter(candidate -> candidate.distance() <= tolerated)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST_SHOWN)
                .map(Candidate::name)
                .toList());
    }

    private static String shown(List<String> names) {
        return names.isEmpty()
                ? ""
                : names.stream().map(Quoted::of).collect(Collectors.joining(" or ", "; did you mean ", "?"));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Levenshtein's, in two rows. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] now = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, Math.min(before[j], now[j - 1]) + 1);
            }
            int[] swap = before;
            before = now;
            now = swap;
        }
        return before[other.length()];
    }

    private record Candidate(String name, int distance) {}
}
