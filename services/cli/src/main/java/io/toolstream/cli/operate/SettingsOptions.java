package io.toolstream.cli.operate;

import io.toolstream.cli.Console;
import io.toolstream.settings.LoadedSettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.servers.McpFile;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
     * @throws SettingsException with the problems of both files
     */
    public Loaded load(Console console, String... further) {
        List<Problem> problems = new ArrayList<>();
        Optional<LoadedSettings> settings = collecting(problems, () -> SettingsLoader.load(sources(console, further)));
        Path list = servers;
        Optional<McpFile> file =
                list == null ? Optional.empty() : collecting(problems, () -> McpFile.load(list, console.environment()));
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        Loaded loaded = Loaded.of(settings.orElseThrow(), file);
        loaded.warnings().forEach(warning -> console.err().println("toolstream: warning: " + warning));
        return loaded;
    }

    private SettingsSources sources(Console console, String... further) {
        List<String> all = new ArrayList<>(List.of(further));
        all.addAll(overrides);
        return new SettingsSources(config, console.environment(), all);
    }

    private static <T> Optional<T> collecting(List<Problem> problems, Supplier<T> loading) {
        try {
            return Optional.of(loading.get());
        } catch (SettingsException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
