package io.toolstream.embedded.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A tool: what {@code tools/list} says of it, and what it does.
 *
 * @param schemas {@code inputSchema} and, where results are structured, {@code outputSchema}
 * @param hints {@code annotations}
 */
record DemoTool(
        String name,
        String title,
        String description,
        Map<String, Object> schemas,
        Map<String, Object> hints,
        Run run) {
    static final Map<String, Object> READS = Map.of("readOnlyHint", true, "openWorldHint", false);

    /** Never blocks. Throws {@link IllegalArgumentException} for arguments that are not as the schema says. */
    @FunctionalInterface
    interface Run {
        CompletableFuture<DemoResult> on(DemoArguments arguments);
    }

    Map<String, @Nullable Object> definition() {
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        definition.put("name", name);
        definition.put("title", title);
        definition.put("description", description);
        definition.putAll(schemas);
        definition.put("annotations", hints);
        return definition;
    }
}
