package io.toolstream.settings;

import io.toolstream.settings.source.DidYouMean;
import io.toolstream.settings.source.Origin;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layer of {@code --set section.key=value}; a name with dots stands in quotes, {@code servers."my.server".trusted=true}. */
final class OverrideLayer {
    static final String PLACE = "--set";

    private final Definition root;
    private final Problems problems;
    private final TextLayer layer = new TextLayer();

    private OverrideLayer(Definition root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    static SourceTree of(List<String> overrides, Definition root, Problems problems) {
        OverrideLayer layer = new OverrideLayer(root, problems);
        overrides.forEach(layer::add);
        return layer.layer.tree(PLACE);
    }

    private void add(String override) {
        int equals = override.indexOf('=');
        if (equals < 1) {
            problems.add(Problem.of(PLACE, "expected section.key=value"));
            return;
        }
        String key = override.substring(0, equals);
        List<String> path = new ArrayList<>();
        Optional<Definition> at = Optional.of(root);
        String rest = key;
        while (!rest.isEmpty() && at.isPresent()) {
            Definition section = at.get();
            String name = next(rest, section);
            rest = rest.substring(Math.min(rest.length(), name.length() + 1));
            String plain = name.replace("\"", "");
            path.add(plain);
            at = section.child(plain);
            if (at.isEmpty()) {
                String hint = DidYouMean.hint(section.names(), plain);
                problems.add(Problem.of(PLACE + " " + key, plain + " is not a setting" + hint));
            }
        }
        at.ifPresent(definition ->
                layer.put(path, definition, override.substring(equals + 1), Origin.of(PLACE + " " + key)));
    }

    /** Names of plain values take all that is left: the names of Kafka's properties have dots themselves. */
    private static String next(String rest, Definition section) {
        boolean plainValues = section.isMap()
                && section.child("").map(value -> !value.isSection()).orElse(false);
        if (plainValues) {
            return rest;
        }
        int quote = rest.startsWith("\"") ? rest.indexOf('"', 1) : -1;
        int dot = rest.indexOf('.', Math.max(0, quote));
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
