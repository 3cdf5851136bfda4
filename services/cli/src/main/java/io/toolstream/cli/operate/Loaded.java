package io.toolstream.cli.operate;

import io.toolstream.settings.LoadedSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.settings.source.Problem;
import java.util.List;

/** Settings and tool servers as a command was given them, and what is worth saying about them. */
public record Loaded(LoadedSettings settings, List<ServerEntry> servers, List<Problem> warnings) {
    public Loaded {
        servers = List.copyOf(servers);
        warnings = List.copyOf(warnings);
    }

    static Loaded of(LoadedSettings settings) {
        return new Loaded(settings, settings.servers(), settings.warnings());
    }
}
