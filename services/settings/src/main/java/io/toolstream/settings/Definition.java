package io.toolstream.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the schema says about one key. References within the schema are resolved. */
final class Definition {
    private final JsonNode root;
    private final JsonNode own;
    private final JsonNode shared;

    private Definition(JsonNode root, JsonNode own) {
        this.root = root;
        this.own = own;
        String reference = own.path("$ref").stringValue("");
        this.shared = reference.isEmpty() ? own : root.at(reference.substring(1));
    }

    static Definition of(JsonNode schema) {
        return new Definition(schema, schema);
    }

    String description() {
        return own.path("description").stringValue("");
    }

    Optional<JsonNode> defaultValue() {
        return own.has("default") ? Optional.of(own.get("default")) : Optional.empty();
    }

    /** Names of the keys of a section, in order. */
    List<String> names() {
        return List.copyOf(shared.path("properties").propertyNames());
    }

    boolean isSection() {
        return shared.has("properties");
    }

    /** Whether this is, in parts, another section: its keys are described there. */
    boolean isPartOfAnother() {
        return isSection() && own.has("$ref");
    }

    /** Whether the keys are the operator's own. */
    boolean isMap() {
        return !isSection() && shared.path("type").stringValue("").equals("object");
    }

    /** A key of a section, or any key of a map. */
    Optional<Definition> child(String name) {
        if (isSection()) {
            JsonNode child = shared.path("properties").path(name);
            return child.isMissingNode() ? Optional.empty() : Optional.of(new Definition(root, child));
        }
        JsonNode any = shared.path("additionalProperties");
        JsonNode item = shared.path("items");
        JsonNode inner = any.isObject() ? any : item;
        return inner.isObject() ? Optional.of(new Definition(root, inner)) : Optional.empty();
    }

    /** What stands for {@code _} in the name of a variable that sets a key of this map. */
    String variableSeparator() {
        return own.path("x-env-separator").stringValue("_");
    }

    boolean allows(String type) {
        JsonNode types = shared.path("type");
        return types.isArray()
                ? types.valueStream().anyMatch(one -> one.stringValue("").equals(type))
                : types.stringValue("").equals(type);
    }

    /** What a value must be, in words. */
    String expected() {
        String own = shared.path("x-expected").stringValue("");
        if (!own.isEmpty()) {
            return own;
        }
        if (shared.has("enum")) {
            List<String> values = new ArrayList<>();
            shared.get("enum").forEach(value -> values.add(value.stringValue("")));
            return "one of " + String.join(", ", values);
        }
        return ofType();
    }

    private String ofType() {
        if (shared.path("type").isArray()) {
            return "a string, a number, true or false";
        }
        return switch (shared.path("type").stringValue("")) {
            case "integer" -> "a whole number" + range();
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "keys with values below it";
            default -> shared.has("minLength") ? "a string that is not empty" : "a string";
        };
    }

    private String range() {
        return " from " + shared.path("minimum").asString("") + " to "
                + shared.path("maximum").asString("");
    }
}
