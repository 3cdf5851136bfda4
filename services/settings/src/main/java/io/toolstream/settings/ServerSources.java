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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    private final Set<String> names = new TreeSet<>();
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
        Path further = sources.servers();
        if (further != null) {
            load(further);
        }
    }

    /** Also of those that are switched off. */
    Set<String> names() {
        return names;
    }

    List<ServerEntry> entries() {
        return entries;
    }

    List<Problem> warnings() {
        return warnings;
    }

    private void readFile(String name) {
        try {
            load(home(FILE).resolveSibling(name));
        } catch (InvalidPathException e) {
            problems.add(tree.problem(FILE, "expected a path"));
        }
    }

    private void load(Path file) {
        try {
            McpFile list = McpFile.load(file, sources.environment());
            refuseTwins(list, file);
            add(list);
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
        file.entries().forEach(entry -> names.add(entry.name()));
        names.addAll(file.disabled());
        warnings.addAll(file.warnings());
    }

    private void refuseTwins(McpFile list, Path file) {
        Set<String> names = entries.stream().map(ServerEntry::name).collect(Collectors.toSet());
        for (ServerEntry entry : list.entries()) {
            if (names.contains(entry.name())) {
                problems.add(Problem.of(file.toString(), "lists " + entry.name() + ", which is listed elsewhere too"));
            }
        }
    }
}
