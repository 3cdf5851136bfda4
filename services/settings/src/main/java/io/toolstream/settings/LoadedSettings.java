package io.toolstream.settings;

import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.settings.source.Problem;
import java.util.List;

/**
 * Settings as they hold, and how they came to.
 *
 * @param servers tool servers listed in the settings themselves or in the file that {@code serversFile} names
 * @param warnings what does not stop the start but should be read
 */
public record LoadedSettings(
        ToolstreamSettings settings, EffectiveSettings effective, List<ServerEntry> servers, List<Problem> warnings) {
    public LoadedSettings {
        servers = List.copyOf(servers);
        warnings = List.copyOf(warnings);
    }
}
