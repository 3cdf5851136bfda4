package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the settings of the sections of a tree; sections with values that break the schema are left out. */
final class SettingsBinding {
    private final SourceTree near;
    private final SourceTree far;
    private final Set<String> wrong;
    private final Problems problems;

    /** @param wrong pointers of values that break the schema */
    SettingsBinding(SourceTree near, SourceTree far, Set<String> wrong, Problems problems) {
        this.near = near;
        this.far = far;
        this.wrong = wrong;
        this.problems = problems;
    }

    /** Empty if any section is wrong; all of them are looked at. */
    Optional<ToolstreamSettings> bind(Profile profile) {
        Optional<KafkaSettings> kafka = section(near, KafkaSettings.class, "/kafka");
        Optional<TopicSettings> topics = section(near, TopicSettings.class, "/topics");
        Optional<WorkerSettings> worker = section(near, WorkerSettings.class, "/worker");
        Optional<CallerSettings> client = section(near, CallerSettings.class, "/client");
        Optional<McpSettings> mcp = section(near, McpSettings.class, "/mcp");
        Optional<McpSettings> remote = section(far, McpSettings.class, "/mcp");
        Optional<LimitSettings> limits = section(near, LimitSettings.class, "/limits");
        Optional<CacheSettings> cache = section(near, CacheSettings.class, "/cache");
        Optional<RedisSettings> redis = section(near, RedisSettings.class, "/redis");
        Optional<AdminSettings> admin = section(near, AdminSettings.class, "/admin");
        Optional<LogSettings> log = section(near, LogSettings.class, "/log");
        Map<String, ServerPolicy> servers = policies();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ToolstreamSettings(
                profile,
                kafka.orElseThrow(),
                topics.orElseThrow(),
                worker.orElseThrow(),
                client.orElseThrow(),
                mcp.orElseThrow(),
                remote.orElseThrow(),
                limits.orElseThrow(),
                cache.orElseThrow(),
                redis.orElseThrow(),
                admin.orElseThrow(),
                log.orElseThrow(),
                servers));
    }

    private <T extends Record> Optional<T> section(SourceTree tree, Class<T> type, String pointer) {
        boolean isWrong = wrong.stream().anyMatch(one -> one.equals(pointer) || one.startsWith(pointer + "/"));
        return isWrong ? Optional.empty() : new Binder(tree, problems).bind(type, pointer);
    }

    private Map<String, ServerPolicy> policies() {
        Map<String, ServerPolicy> policies = new LinkedHashMap<>();
        near.root().path("servers").forEachEntry((name, policy) -> {
            String pointer = Pointers.child("/servers", name);
            section(withDefaults(pointer), ServerPolicy.class, pointer).ifPresent(bound -> policies.put(name, bound));
        });
        return policies;
    }

    private SourceTree withDefaults(String pointer) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("servers").set(Pointers.names(pointer).get(1), Unbinder.tree(ServerPolicy.DEFAULT));
        return near.over(new SourceTree(near.place(), root, Map.of(), Map.of()));
    }
}
