package io.toolstream.settings;

import io.toolstream.settings.servers.ServerEntry;
import java.util.Map;

/**
 * Everything that can be set.
 *
 * @param mcp for tool servers on this machine or in its private network
 * @param remoteMcp for all other tool servers; equal to {@code mcp} unless the profile is {@code hybrid}. Both come from
 *     the one section {@code mcp}
 * @param servers what the operator says about single tool servers, by name, as it holds where they are on this machine or in
 *     its private network
 * @param remoteServers the same as it holds where they are not; equal to {@code servers} unless the profile is {@code hybrid}
 */
public record ToolstreamSettings(
        Profile profile,
        KafkaSettings kafka,
        TopicSettings topics,
        WorkerSettings worker,
        CallerSettings client,
        McpSettings mcp,
        McpSettings remoteMcp,
        LimitSettings limits,
        CacheSettings cache,
        RedisSettings redis,
        MetricsSettings metrics,
        AdminSettings admin,
        LogSettings log,
        Map<String, ServerPolicy> servers,
        Map<String, ServerPolicy> remoteServers) {
    private static final ToolstreamSettings DEFAULTS = new ToolstreamSettings(
            Profile.LOCAL_LLM,
            KafkaSettings.DEFAULT,
            TopicSettings.DEFAULT,
            WorkerSettings.DEFAULT,
            CallerSettings.DEFAULT,
            McpSettings.LOCAL,
            McpSettings.LOCAL,
            LimitSettings.DEFAULT,
            CacheSettings.DEFAULT,
            RedisSettings.DEFAULT,
            MetricsSettings.DEFAULT,
            AdminSettings.DEFAULT,
            LogSettings.DEFAULT,
            Map.of(),
            Map.of());

    /** With the defaults of what is not named. */
    public ToolstreamSettings(
            Profile profile,
            KafkaSettings kafka,
            TopicSettings topics,
            WorkerSettings worker,
            CallerSettings client,
            McpSettings mcp,
            McpSettings remoteMcp,
            LimitSettings limits,
            AdminSettings admin,
            LogSettings log,
            Map<String, ServerPolicy> servers) {
        this(
                profile,
                kafka,
                topics,
                worker,
                client,
                mcp,
                remoteMcp,
                limits,
                CacheSettings.DEFAULT,
                RedisSettings.DEFAULT,
                MetricsSettings.DEFAULT,
                admin,
                log,
                servers,
                servers);
    }

    public ToolstreamSettings {
        servers = Map.copyOf(servers);
        remoteServers = Map.copyOf(remoteServers);
    }

    public static ToolstreamSettings defaults() {
        return DEFAULTS;
    }

    /** The same settings on another Kafka or other topics. */
    public ToolstreamSettings on(KafkaSettings otherKafka, TopicSettings otherTopics) {
        return with(otherKafka, otherTopics, redis, metrics, servers, remoteServers);
    }

    /** The same settings with another word on each tool server. */
    public ToolstreamSettings withServers(Map<String, ServerPolicy> policies) {
        return with(kafka, topics, redis, metrics, policies, policies);
    }

    /** The same settings with another metrics app. */
    public ToolstreamSettings withMetrics(MetricsSettings other) {
        return with(kafka, topics, redis, other, servers, remoteServers);
    }

    /** The same settings with another Redis. */
    public ToolstreamSettings withRedis(RedisSettings other) {
        return with(kafka, topics, other, metrics, servers, remoteServers);
    }

    /** All that a process may decide for itself, whatever is in the file; the rest stays. */
    private ToolstreamSettings with(
            KafkaSettings otherKafka,
            TopicSettings otherTopics,
            RedisSettings otherRedis,
            MetricsSettings otherMetrics,
            Map<String, ServerPolicy> nearPolicies,
            Map<String, ServerPolicy> farPolicies) {
        return new ToolstreamSettings(
                profile,
                otherKafka,
                otherTopics,
                worker,
                client,
                mcp,
                remoteMcp,
                limits,
                cache,
                otherRedis,
                otherMetrics,
                admin,
                log,
                nearPolicies,
                farPolicies);
    }

    /** The operator's word on one server; defaults where there is none. */
    public ServerPolicy policy(String server) {
        return servers.getOrDefault(server, ServerPolicy.DEFAULT);
    }

    /** Whether what this server says of its own tools is believed. */
    public boolean trusts(ServerEntry server) {
        Boolean own = policy(server.name()).trusted();
        return own == null ? profile.trusts(server.isNear()) : own;
    }

    /** How this server is reached: by its place, and by what the operator says about it. */
    public McpSettings mcpFor(ServerEntry server) {
        return policy(server).applyTo(server.isNear() ? mcp : remoteMcp);
    }

    /** What holds for the calls of one tool: said of the tool, else of its server, else of all servers of its place. */
    public ToolPolicy toolPolicy(ServerEntry server, String tool) {
        return policy(server).toolPolicy(tool, mcpFor(server));
    }

    /** The operator's word on one server, as it holds where the server is. */
    public ServerPolicy policy(ServerEntry server) {
        return (server.isNear() ? servers : remoteServers).getOrDefault(server.name(), ServerPolicy.DEFAULT);
    }
}
