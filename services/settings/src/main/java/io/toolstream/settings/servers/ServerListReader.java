package io.toolstream.settings.servers;

import io.toolstream.settings.source.Kind;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a document with a list of servers: finds the list, checks the names, hands each entry on. */
final class ServerListReader {
    private static final Set<String> PASSED_OVER = Set.of("mcpServers", "servers", "inputs", "$schema");

    private final Workspace workspace;
    private final Notes notes;
    private final List<String> disabled = new ArrayList<>();

    ServerListReader(SourceTree tree, Workspace workspace, Problems problems) {
        this.workspace = workspace;
        this.notes = new Notes(tree, problems, new Problems());
    }

    McpFile read() {
        JsonNode root = notes.tree().root();
        if (!root.isObject()) {
            notes.problem("", "expected an object with mcpServers, found " + Kind.of(root));
            return new McpFile(List.of(), List.of(), List.of());
        }
        warnOfTheRest(root);
        List<ServerEntry> servers = servers(root);
        return new McpFile(servers, disabled, notes.warnings().sorted());
    }

    private List<ServerEntry> servers(JsonNode root) {
        if (root.has("mcpServers") && root.has("servers")) {
            notes.keyProblem("/servers", "stands beside mcpServers: use one of the two");
        }
        String name = root.has("mcpServers") ? "mcpServers" : "servers";
        JsonNode list = root.path(name);
        if (list.isMissingNode()) {
            notes.problem("", "has neither mcpServers nor servers");
            return List.of();
        }
        if (!list.isObject()) {
            notes.problem("/" + name, "expected an object, server name to server, found " + Kind.of(list));
            return List.of();
        }
        return entries(list, "/" + name);
    }

    private List<ServerEntry> entries(JsonNode list, String pointer) {
        List<ServerEntry> entries = new ArrayList<>();
        ServerNames names = new ServerNames(notes);
        list.forEachEntry((name, entry) -> {
            String at = Pointers.child(pointer, name);
            names.check(name, at);
            Fields fields = new Fields(entry, at, workspace.references(), notes);
            EntryReader reader = new EntryReader(name, fields, workspace);
            reader.read().ifPresentOrElse(entries::add, () -> disabled.add(name));
        });
        return entries;
    }

    private void warnOfTheRest(JsonNode root) {
        root.forEachEntry((name, value) -> {
            if (!PASSED_OVER.contains(name) && !name.startsWith("x-")) {
                notes.keyWarning(Pointers.child("", name), "is not known here and passed over");
            }
        });
    }
}
