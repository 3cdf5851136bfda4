package io.toolstream.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the tools of one server differ from what they were: names of tools. A changed tool is one whose definition has
 * another digest, be it by a word of its description, which is what models act upon.
 */
public record CatalogueDrift(Set<String> added, Set<String> removed, Set<String> changed) {
    public CatalogueDrift {
        added = Set.copyOf(added);
        removed = Set.copyOf(removed);
        changed = Set.copyOf(changed);
    }

    public static CatalogueDrift between(ToolCatalogue earlier, ToolCatalogue later) {
        Map<String, String> before = digests(earlier);
        Map<String, String> after = digests(later);
        Set<String> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        Set<String> removed = new TreeSet<>(before.keySet());
        removed.removeAll(after.keySet());
        Set<String> changed = new TreeSet<>(after.keySet());
        changed.removeIf(name -> !before.containsKey(name) || Objects.equals(after.get(name), before.get(name)));
        return new CatalogueDrift(added, removed, changed);
    }

    private static Map<String, String> digests(ToolCatalogue catalogue) {
        Map<String, String> digests = new LinkedHashMap<>();
        catalogue.tools().forEach(tool -> digests.put(tool.name(), tool.digest()));
        return digests;
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
