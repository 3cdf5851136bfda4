package io.toolstream.embedded.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a tool answered: a text, and the same as structured content where the tool declares it. */
record DemoResult(String text, @Nullable Map<String, ?> structured, boolean isError) {

    static CompletableFuture<DemoResult> of(String text) {
        return CompletableFuture.completedFuture(new DemoResult(text, null, false));
    }

    static CompletableFuture<DemoResult> of(String text, Map<String, ?> structured) {
        return CompletableFuture.completedFuture(new DemoResult(text, structured, false));
    }

    static DemoResult error(String text) {
        return new DemoResult(text, null, true);
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("content", List.of(Map.of("type", "text", "text", text)));
        if (structured != null) {
            json.put("structuredContent", structured);
        }
        if (isError) {
            json.put("isError", true);
        }
        return json;
    }
}
