package io.toolstream.cli.operate;

import io.toolstream.settings.LoadedSettings;
import io.toolstream.settings.servers.McpFile;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.settings.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings and tool servers as a command was given them, and what is worth saying about them. */
public record Loaded(LoadedSettings settings, List<ServerEntry> servers, List<Problem> warnings) {
    public Loaded {
        servers = List.copyOf(servers);
        warnings = List.copyOf(warnings);
    }

    static Loaded of(LoadedSettings settings, Optional<McpFile> file) {
        List<ServerEntry> servers = new ArrayList<>(settings.servers());
        List<Problem> warnings = new ArrayList<>(settings.warnings());
        file.ifPresent(mcp -> {
            servers.addAll(mcp.entries());
            warnings.addAll(mcp.warnings());
        });
        return new Loaded(settings, servers, warnings);
    }
}
