package io.toolstream.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, strongest last: defaults, profile, file, environment, overrides.
 *
 * @param file YAML; null for none
 * @param environment all of the process's; settings are {@code TOOLSTREAM_SECTION__KEY}
 * @param overrides {@code section.key=value}, as given to {@code --set}
 * @param servers an {@code mcp.json} beside those that the settings name; null for none
 */
public record SettingsSources(
        @Nullable Path file,
        Map<String, String> environment,
        List<String> overrides,
        @Nullable Path servers) {
    /** Without a list of servers of their own. */
    public SettingsSources(@Nullable Path file, Map<String, String> environment, List<String> overrides) {
        this(file, environment, overrides, null);
    }

    public SettingsSources {
        environment = Map.copyOf(environment);
        overrides = List.copyOf(overrides);
    }

    /** Defaults and these overrides only: for tests and embedding. */
    public static SettingsSources of(String... overrides) {
        return new SettingsSources(null, Map.of(), List.of(overrides));
    }
}
