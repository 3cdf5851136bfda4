package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Writes down a tree, a line for each value. */
final class Listing {
    private static final String MASK = "******";
    private static final String REDIS = "/redis/url";

    private final SourceTree tree;
    private final SourceTree remote;
    private final Set<String> secrets;
    private final List<EffectiveSettings.Entry> entries = new ArrayList<>();

    private Listing(SourceTree tree, SourceTree remote, Set<String> secrets) {
        this.tree = tree;
        this.remote = remote;
        this.secrets = secrets;
    }

    /**
     * @param remote what holds for remote servers, where that is something else
     * @param secrets pointers of values not to show
     */
    static EffectiveSettings of(SourceTree tree, SourceTree remote, Set<String> secrets) {
        Listing listing = new Listing(tree, remote, secrets);
        listing.list(tree.root(), "");
        return new EffectiveSettings(listing.entries);
    }

    private void list(JsonNode node, String pointer) {
        if (node.isObject() && !node.isEmpty()) {
            node.forEachEntry((name, child) -> list(child, Pointers.child(pointer, name)));
            return;
        }
        if (isInherited(pointer)) {
            return;
        }
        boolean secret = secrets.stream().anyMatch(one -> one.equals(pointer) || one.startsWith(pointer + "/"))
                || (SecretKeys.isSecret(pointer, node) && !pointer.equals(REDIS))
                || pointer.startsWith("/mcpServers");
        entries.add(
                new EffectiveSettings.Entry(key(pointer), secret ? MASK : shown(node, pointer), source(node, pointer)));
    }

    /** What a server has as all others is listed once, where it was said. */
    private boolean isInherited(String pointer) {
        List<String> names = Pointers.names(pointer);
        if (names.size() < 4 || !names.get(0).equals("servers") || !names.get(2).equals("mcp")) {
            return false;
        }
        String general = "/" + String.join("/", names.subList(2, names.size()));
        return tree.origin(pointer).equals(tree.origin(general))
                && tree.root().at(pointer).equals(tree.root().at(general));
    }

    private String shown(JsonNode node, String pointer) {
        if (pointer.equals(REDIS)) {
            return RedisUrl.masked(text(node));
        }
        JsonNode other = remote.root().at(pointer);
        return other.equals(node) ? text(node) : text(node) + " (remote servers: " + text(other) + ")";
    }

    private String source(JsonNode node, String pointer) {
        String source = tree.origin(pointer).toString();
        return remote.root().at(pointer).equals(node)
                ? source
                : source + " (remote servers: " + remote.origin(pointer) + ")";
    }

    private static String text(JsonNode node) {
        return node.isArray()
                ? node.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ", "[", "]"))
                : node.isObject() ? "{}" : node.asString();
    }

    /** Names with dots in quotes, as {@code --set} takes them. */
    private static String key(String pointer) {
        return Pointers.names(pointer).stream()
                .map(name -> name.contains(".") ? '"' + name + '"' : name)
                .collect(Collectors.joining("."));
    }
}
