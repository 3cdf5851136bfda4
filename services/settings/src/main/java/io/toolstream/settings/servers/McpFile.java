package io.toolstream.settings.servers;

import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SettingsException;
import io.toolstream.settings.source.SourceFile;
import io.toolstream.settings.source.SourceReader;
import io.toolstream.settings.source.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an {@code mcp.json} holds: the file as Claude Desktop, Cursor, Claude Code and VS Code write it.
 *
 * @param entries enabled servers, in the order of the file
 * @param disabled names of the others
 * @param warnings what was passed over or looks wrong, and does not stop the start
 */
public record McpFile(List<ServerEntry> entries, List<String> disabled, List<Problem> warnings) {
    public McpFile {
        entries = List.copyOf(entries);
        disabled = List.copyOf(disabled);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads and checks a file.
     *
     * @param environment for {@code ${VAR}}, {@code ${VAR:-default}} and {@code ${env:VAR}}
     * @throws SettingsException with everything that is wrong in it
     */
    public static McpFile load(Path file, Map<String, String> environment) {
        Problems problems = new Problems();
        SourceTree tree = SourceFile.read(file, problems)
                .map(bytes -> SourceReader.json(bytes, file.toString(), problems))
                .orElse(SourceTree.empty(file.toString()));
        problems.throwIfAny();
        McpFile read = in(tree, file, environment, problems);
        problems.throwIfAny();
        return read;
    }

    /**
     * Reads the servers of a tree that is there already; what is wrong is added to the problems.
     *
     * @param file where the tree was read from: relative paths start at its folder
     */
    public static McpFile in(SourceTree tree, Path file, Map<String, String> environment, Problems problems) {
        return new ServerListReader(tree, Workspace.of(file, environment), problems).read();
    }
}
