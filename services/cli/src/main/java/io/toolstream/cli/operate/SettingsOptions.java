package io.toolstream.cli.operate;

import io.toolstream.cli.Console;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where settings and tool servers come from. */
public final class SettingsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings (YAML). Without it: environment and defaults.")
    private @Nullable Path config;

    @Option(names = "--servers", paramLabel = "FILE", description = "Tool servers: the usual mcp.json.")
    private @Nullable Path servers;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting, over all others; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    /**
     * Reads everything; what does not stop the start is said on standard error.
     *
     * @param further overrides that the command itself makes, weaker than those of the user
     * @throws io.toolstream.settings.source.SettingsException with the problems of both files
     */
    public Loaded load(Console console, String... further) {
        Loaded loaded = Loaded.of(SettingsLoader.load(sources(console, further)));
        loaded.warnings().forEach(warning -> console.err().println("toolstream: warning: " + warning));
        return loaded;
    }

    private SettingsSources sources(Console console, String... further) {
        List<String> all = new ArrayList<>(List.of(further));
        all.addAll(overrides);
        return new SettingsSources(config, console.environment(), all, servers);
    }
}
