package io.toolstream.settings;

import io.toolstream.settings.servers.McpFile;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.settings.source.Origin;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SettingsException;
import io.toolstream.settings.source.SourceTree;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tool servers that settings list: in themselves, or in the file that they name. */
final class ServerSources {
    private static final String FILE = "/serversFile";
    private static final String INLINE = "mcpServers";

    private final SourceTree tree;
    private final SettingsSources sources;
    private final Problems problems;
    private final List<ServerEntry> entries = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    ServerSources(SourceTree tree, SettingsSources sources, Problems problems) {
        this.tree = tree;
        this.sources = sources;
        this.problems = problems;
    }

    void read() {
        JsonNode inline = tree.root().path(INLINE);
        if (inline.isObject()) {
            ObjectNode root = JsonNodeFactory.instance.objectNode();
            root.set(INLINE, inline);
            SourceTree list = new SourceTree(tree.place(), root, tree.keys(), tree.values());
            add(McpFile.in(list, home("/" + INLINE), sources.environment(), problems));
        }
        JsonNode file = tree.root().at(FILE);
        if (file.isString() && !file.stringValue().isEmpty()) {
            readFile(file.stringValue());
        }
        refuseTwins();
    }

    List<ServerEntry> entries() {
        return entries;
    }

    List<Problem> warnings() {
        return warnings;
    }

    private void readFile(String name) {
        try {
            Path file = home(FILE).resolveSibling(name);
            add(McpFile.load(file, sources.environment()));
        } catch (InvalidPathException e) {
            problems.add(tree.problem(FILE, "expected a path"));
        } catch (SettingsException e) {
            e.problems().forEach(problems::add);
        }
    }

    /** Where relative paths start: beside the settings file if it says so, else in the working directory. */
    private Path home(String pointer) {
        Path settings = sources.file();
        Origin origin = tree.origin(pointer);
        return settings != null && origin.line() > 0 ? settings : Path.of("settings");
    }

    private void add(McpFile file) {
        entries.addAll(file.entries());
        warnings.addAll(file.warnings());
    }

    private void refuseTwins() {
        Set<String> names = new HashSet<>();
        for (ServerEntry entry : entries) {
            if (!names.add(entry.name())) {
                problems.add(tree.problem(FILE, "lists a server that stands in " + INLINE + " too"));
            }
        }
    }
}
