package io.toolstream.settings;

import io.toolstream.settings.source.Expanded;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.References;
import io.toolstream.settings.source.SourceTree;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Resolves the references in all texts of a tree, and remembers which values are secret by that. */
final class Expansion {
    /** The list of servers has more forms of references: its own reader resolves them. */
    private static final String SERVERS = "/mcpServers";

    private final SourceTree tree;
    private final References references;
    private final SettingsSchema schema;
    private final Problems problems;
    private final Set<String> secrets = new HashSet<>();

    Expansion(SourceTree tree, References references, SettingsSchema schema, Problems problems) {
        this.tree = tree;
        this.references = references;
        this.schema = schema;
        this.problems = problems;
    }

    SourceTree expanded() {
        return new SourceTree(tree.place(), expanded(tree.root(), ""), tree.keys(), tree.values());
    }

    /** Pointers of values that came from a variable or a file that they name. */
    Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    private JsonNode expanded(JsonNode node, String pointer) {
        if (pointer.equals(SERVERS)) {
            return node;
        }
        if (node.isString() && node.stringValue().contains("${")) {
            return text(node.stringValue(), pointer);
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.forEachEntry((name, child) -> object.set(name, expanded(child, Pointers.child(pointer, name))));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(child -> array.add(expanded(child, Pointers.child(pointer, String.valueOf(array.size())))));
            return array;
        }
        return node;
    }

    private JsonNode text(String text, String pointer) {
        Expanded expanded = references.expand(text, message -> problems.add(tree.problem(pointer, message)));
        if (expanded.isSecret()) {
            secrets.add(pointer);
        }
        Optional<Definition> definition = schema.definition(pointer);
        return definition.isPresent()
                ? TextValue.of(definition.get(), expanded.text())
                : JsonNodeFactory.instance.stringNode(expanded.text());
    }
}
