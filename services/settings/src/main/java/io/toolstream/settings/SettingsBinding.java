package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        Optional<MetricsSettings> metrics = section(near, MetricsSettings.class, "/metrics");
        Optional<AdminSettings> admin = section(near, AdminSettings.class, "/admin");
        Optional<LogSettings> log = section(near, LogSettings.class, "/log");
        // What is wrong with the section mcp is told once, not for each server that has its own part of it.
        boolean isFit = mcp.isPresent() && remote.isPresent();
        Map<String, ServerPolicy> servers = isFit ? policies(near) : Map.of();
        Map<String, ServerPolicy> remoteServers = isFit ? policies(far) : Map.of();
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
                metrics.orElseThrow(),
                admin.orElseThrow(),
                log.orElseThrow(),
                servers,
                remoteServers));
    }

    private <T extends Record> Optional<T> section(SourceTree tree, Class<T> type, String pointer) {
        return isWrong(pointer) ? Optional.empty() : new Binder(tree, problems).bind(type, pointer);
    }

    private Map<String, ServerPolicy> policies(SourceTree tree) {
        Map<String, ServerPolicy> policies = new LinkedHashMap<>();
        for (String name : tree.root().path("servers").propertyNames()) {
            section(tree, ServerPolicy.class, Pointers.child("/servers", name))
                    .ifPresent(bound -> policies.put(name, bound));
        }
        return policies;
    }

    private boolean isWrong(String pointer) {
        return wrong.stream().anyMatch(one -> one.equals(pointer) || one.startsWith(pointer + "/"));
    }
}
