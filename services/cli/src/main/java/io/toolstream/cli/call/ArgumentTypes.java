package io.toolstream.cli.call;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.json.JsonProblem;
import io.toolstream.cli.json.JsonReader;
import io.toolstream.cli.json.JsonTree;
import io.toolstream.cli.json.JsonTree.Kind;
import io.toolstream.client.JsonText;
import io.toolstream.wire.RawJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes JSON of a word by what the tool's input schema says of the argument; text where it says nothing. */
final class ArgumentTypes {
    private final JsonTree schema;

    ArgumentTypes(JsonTree schema) {
        this.schema = schema;
    }

    /** For a tool whose schema is not known: everything is text. */
    static ArgumentTypes unknown() {
        return new ArgumentTypes(new JsonTree(Kind.NULL, "null", Map.of(), List.of()));
    }

    RawJson value(CallWords.Assignment assignment) {
        if (assignment.isJson()) {
            return json(assignment);
        }
        Set<String> types = new LinkedHashSet<>();
        schema.at("properties", assignment.key()).ifPresent(property -> collect(property, types));
        Optional<JsonTree> parsed = parse(assignment.value());
        if (parsed.isPresent() && isOneOf(types, parsed.get())) {
            return RawJson.ofText(assignment.value());
        }
        if (types.isEmpty() || types.contains("string")) {
            return JsonText.of(assignment.value());
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                assignment.key() + "=" + assignment.value() + ": the tool expects " + String.join(" or ", types)
                        + hint(types));
    }

    private static RawJson json(CallWords.Assignment assignment) {
        try {
            JsonReader.read(assignment.value());
            return RawJson.ofText(assignment.value());
        } catch (JsonProblem e) {
            throw new CommandFailure(
                    ExitCode.USAGE, assignment.key() + ":= is not followed by JSON, " + e.getMessage());
        }
    }

    private static Optional<JsonTree> parse(String value) {
        try {
            return Optional.of(JsonReader.read(value));
        } catch (JsonProblem notJson) {
            return Optional.empty();
        }
    }

    private static void collect(JsonTree property, Set<String> types) {
        property.string("type").ifPresent(types::add);
        property.itemsAt("type").forEach(type -> types.add(type.text()));
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            property.itemsAt(choice).forEach(option -> collect(option, types));
        }
    }

    private static boolean isOneOf(Set<String> types, JsonTree value) {
        return switch (value.kind()) {
            case NUMBER -> types.contains("number") || types.contains("integer");
            case BOOLEAN -> types.contains("boolean");
            case NULL -> types.contains("null");
            case OBJECT -> types.contains("object");
            case ARRAY -> types.contains("array");
            case STRING -> false;
        };
    }

    private static String hint(Set<String> types) {
        return types.contains("array") || types.contains("object") ? ", written as JSON" : "";
    }
}
