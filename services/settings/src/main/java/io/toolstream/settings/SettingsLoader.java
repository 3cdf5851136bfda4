package io.toolstream.settings;

import io.toolstream.settings.source.Kind;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.References;
import io.toolstream.settings.source.SettingsException;
import io.toolstream.settings.source.SourceFile;
import io.toolstream.settings.source.SourceReader;
import io.toolstream.settings.source.SourceTree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads settings from their sources, once, at the start of a process. For one thread. */
public final class SettingsLoader {
    private final SettingsSources sources;
    private final SettingsSchema schema = SettingsSchema.load();
    private final Problems problems = new Problems();

    private SettingsLoader(SettingsSources sources) {
        this.sources = sources;
    }

    /**
     * Layers, validates and binds. Reads files; nothing else.
     *
     * @throws SettingsException with everything that is wrong
     */
    public static LoadedSettings load(SettingsSources sources) {
        return new SettingsLoader(sources).load();
    }

    private LoadedSettings load() {
        Expansion expansion = new Expansion(explicit(), References.ofSettings(sources.environment()), schema, problems);
        SourceTree explicit = expansion.expanded();
        Profile profile = profile(explicit);
        SourceTree layered = layered(explicit, profile, profile.near());
        // Defaults need no check, and the validator's classes would be half the time of a start.
        Set<String> wrong = explicit.root().isEmpty() ? Set.of() : schema.validate(layered, problems);
        SourceTree near = ServerLayers.completed(layered, explicit);
        SourceTree far = ServerLayers.completed(layered(explicit, profile, profile.far()), explicit);
        Optional<ToolstreamSettings> settings = new SettingsBinding(near, far, wrong, problems).bind(profile);
        ServerSources servers = new ServerSources(explicit, sources, problems);
        servers.read();
        List<Problem> unfit = settings.map(bound -> PolicyChecks.check(explicit, bound, servers.names(), problems))
                .orElse(List.of());
        List<Problem> warnings = new ArrayList<>(KeyStores.check(explicit, problems, Instant.now()));
        problems.throwIfAny();

        ToolstreamSettings bound = settings.orElseThrow();
        warnings.addAll(servers.warnings());
        warnings.addAll(unfit);
        warnings.addAll(Cautions.of(explicit, expansion.secrets(), bound, sources));
        return new LoadedSettings(bound, Listing.of(near, far, expansion.secrets()), servers.entries(), warnings);
    }

    /** What the operator says: flags over environment over file. */
    private SourceTree explicit() {
        SourceTree file = file();
        SourceTree environment = EnvironmentLayer.of(sources.environment(), schema.root(), file, problems);
        SourceTree overrides = OverrideLayer.of(sources.overrides(), schema.root(), problems);
        return overrides.over(environment.over(file));
    }

    private SourceTree file() {
        Path file = sources.file();
        if (file == null) {
            return SourceTree.empty("settings");
        }
        SourceTree tree = SourceFile.read(file, problems)
                .map(bytes -> SourceReader.yaml(bytes, file.toString(), problems))
                .orElse(SourceTree.empty(file.toString()));
        if (tree.root().isObject()) {
            return tree;
        }
        problems.add(tree.problem("", "expected sections such as kafka and worker, found " + Kind.of(tree.root())));
        return SourceTree.empty(file.toString());
    }

    /** Of what the schema will refuse, the default. */
    private static Profile profile(SourceTree explicit) {
        String text = explicit.root().path("profile").asString("");
        return Arrays.stream(Profile.values())
                .filter(profile -> profile.text().equals(text))
                .findFirst()
                .orElse(Profile.LOCAL_LLM);
    }

    private SourceTree layered(SourceTree explicit, Profile profile, McpSettings mcp) {
        SourceTree weak = WeakLayers.of(profile, mcp, WorkerIds.of(sources.environment()));
        return Followers.adjusted(explicit.over(weak), explicit);
    }
}
