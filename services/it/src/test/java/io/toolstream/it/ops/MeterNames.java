package io.toolstream.it.ops;

import static io.toolstream.it.ops.OpsFiles.HOME;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of metrics there are: those that the page on observability lists, which is compared with a live scrape elsewhere,
 * and those that Prometheus makes itself.
 */
final class MeterNames {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_0-9]+)` \\| (\\w+)", Pattern.MULTILINE);
    private static final Pattern FAMILY = Pattern.compile("`([a-z_0-9]+_)\\*`");
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");
    private static final List<String> PARTS = List.of("_bucket", "_count", "_sum", "_max");

    private final Set<String> names = new HashSet<>(OF_PROMETHEUS);
    private final Set<String> families = new HashSet<>();

    MeterNames() {
        String page = OpsFiles.text(HOME.resolve("services/docs/observability.md"));
        for (Matcher row = ROW.matcher(page); row.find(); ) {
            names.add(row.group(1));
            if (Set.of("histogram", "summary").contains(row.group(2))) {
                PARTS.forEach(part -> names.add(row.group(1) + part));
            }
        }
        for (Matcher family = FAMILY.matcher(page); family.find(); ) {
            families.add(family.group(1));
        }
    }

    int size() {
        return names.size();
    }

    boolean has(String name) {
        return names.contains(name) || families.stream().anyMatch(name::startsWith);
    }
}
