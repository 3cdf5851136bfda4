package io.toolstream.settings;

import io.toolstream.settings.source.DidYouMean;
import io.toolstream.settings.source.Origin;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The layer of variables, {@code TOOLSTREAM_WORKER__MAX_IN_FLIGHT}: two underscores between section and key. Without them a
 * name is ours only if it is a key of the top: Kubernetes puts {@code TOOLSTREAM_PORT} and the like into every container
 * beside a service called toolstream.
 */
final class EnvironmentLayer {
    private static final String PREFIX = "TOOLSTREAM_";
    private static final String LOG_SHORTHAND = PREFIX + "LOG";

    private final Definition root;
    private final JsonNode file;
    private final Problems problems;
    private final TextLayer layer = new TextLayer();

    private EnvironmentLayer(Definition root, JsonNode file, Problems problems) {
        this.root = root;
        this.file = file;
        this.problems = problems;
    }

    /** @param file the layer below: its own names (of servers, say) are matched without regard to case */
    static SourceTree of(Map<String, String> environment, Definition root, SourceTree file, Problems problems) {
        EnvironmentLayer layer = new EnvironmentLayer(root, file.root(), problems);
        new TreeMap<>(environment).forEach(layer::add);
        return layer.layer.tree("environment");
    }

    private void add(String variable, String value) {
        if (!variable.startsWith(PREFIX)) {
            return;
        }
        String path = variable.equals(LOG_SHORTHAND) ? "LOG__LEVEL" : variable.substring(PREFIX.length());
        String[] parts = path.split("__", -1);
        if (parts.length == 1 && root.names().stream().noneMatch(name -> isSame(name, parts[0]))) {
            return;
        }
        put(variable, List.of(parts), value);
    }

    private void put(String variable, List<String> parts, String value) {
        List<String> path = new ArrayList<>();
        Optional<Definition> at = Optional.of(root);
        JsonNode below = file;
        for (String part : parts) {
            Definition section = at.orElseThrow();
            String name = name(section, below, part);
            path.add(name);
            below = below.path(name);
            at = section.child(name);
            if (at.isEmpty()) {
                String hint = DidYouMean.hint(section.names(), part);
                problems.add(Problem.of("environment " + variable, "is not a setting" + hint));
                return;
            }
        }
        layer.put(path, at.orElseThrow(), value, Origin.of("environment " + variable));
    }

    private static String name(Definition section, JsonNode below, String part) {
        List<String> known = new ArrayList<>(section.names());
        known.addAll(below.propertyNames());
        return known.stream()
                .filter(name -> isSame(name, part))
                .findFirst()
                .orElseGet(() -> section.isMap()
                        ? part.toLowerCase(Locale.ROOT).replace("_", section.variableSeparator())
                        : part);
    }

    private static boolean isSame(String name, String part) {
        return squashed(name).equals(squashed(part));
    }

    private static String squashed(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
