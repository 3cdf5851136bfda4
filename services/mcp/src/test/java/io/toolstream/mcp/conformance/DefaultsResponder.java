package io.toolstream.mcp.conformance;

import io.toolstream.mcp.InputKind;
import io.toolstream.mcp.InputRequest;
import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.testkit.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Accepts every question and answers with the defaults of its form; what has none and is a yes or no, with yes. */
final class DefaultsResponder implements InputResponder {
    @Override
    public Set<InputKind> kinds() {
        return Set.of(InputKind.ELICITATION);
    }

    @Override
    public CompletableFuture<JsonSlice> answer(InputRequest request) {
        JsonSlice params = request.params();
        Map<String, Json> fields = params == null ? Map.of() : fields(Json.parse(params.text()));
        String content = fields.entrySet().stream()
                .flatMap(field ->
                        value(field.getValue()).map(value -> Json.quote(field.getKey()) + ":" + value).stream())
                .collect(Collectors.joining(","));
        return CompletableFuture.completedFuture(
                JsonSlice.ofText("{\"action\":\"accept\",\"content\":{" + content + "}}"));
    }

    private static Map<String, Json> fields(Json params) {
        return params.member("requestedSchema")
                .flatMap(schema -> schema.member("properties"))
                .filter(Json.JsonObject.class::isInstance)
                .map(properties -> ((Json.JsonObject) properties).members())
                .orElse(Map.of());
    }

    private static java.util.Optional<String> value(Json field) {
        return field.member("default")
                .map(Json::raw)
                .or(() -> field.text("type").filter("boolean"::equals).map(type -> "true"));
    }
}
