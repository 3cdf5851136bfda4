package io.toolstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema and the records say the same: keys, defaults, words. */
final class SettingsSchemaTest {
    /** Records that stand below single servers too. */
    private static final List<String> PARTS = List.of("McpSettings", "RetrySettings");

    private final SettingsSchema schema = SettingsSchema.load();

    /** Every key and every default. A change here is a change for every user: it belongs into the changelog. */
    @Test
    void keysAndDefaults_arePinned() {
        Map<String, String> pinned = new LinkedHashMap<>();
        collect(schema.root(), "", pinned);

        assertThat(pinned.entrySet().stream().map(entry -> entry.getKey() + " = " + entry.getValue()))
                .containsExactly(
                        "profile = local-llm",
                        "kafka.bootstrapServers = localhost:9092",
                        "kafka.clientId = toolstream",
                        "kafka.client = {}",
                        "topics.prefix = toolstream.",
                        "topics.partitions = 24",
                        "topics.replication = 1",
                        "topics.create = true",
                        "topics.replyTopics = []",
                        "worker.group = toolstream-worker",
                        "worker.id = -",
                        "worker.maxInFlight = 500",
                        "worker.maxInFlightBytes = 64MiB",
                        "worker.maxUnsettled = 10000",
                        "worker.maxConcurrent = 500",
                        "worker.commitInterval = 200ms",
                        "worker.drainTimeout = 30s",
                        "worker.groupProtocol = classic",
                        "worker.ledger.retention = 1d",
                        "worker.ledger.keysPerPartition = 50000",
                        "worker.ledger.resultBytes = 1MiB",
                        "worker.parking.partitionCalls = 5000",
                        "worker.parking.partitionBytes = 1MiB",
                        "worker.parking.shortestWait = 1s",
                        "worker.parking.longestWait = 30s",
                        "worker.parking.returning = 64",
                        "client.timeout = 30s",
                        "client.maxInFlight = 1000",
                        "mcp.timeouts.connect = 5s",
                        "mcp.timeouts.firstByte = 30s",
                        "mcp.timeouts.idle = 30s",
                        "mcp.timeouts.attempt = 30s",
                        "mcp.timeouts.call = 30s",
                        "mcp.pool.max = 10",
                        "mcp.pool.minIdle = 2",
                        "mcp.pool.idle = 5m",
                        "mcp.pool.lifetime = 1h",
                        "mcp.pool.acquire = 5s",
                        "mcp.pool.maxWaiting = 1000",
                        "mcp.health.timeout = 5s",
                        "mcp.health.interval = 15s",
                        "mcp.health.suspectInterval = 1s",
                        "mcp.stdio.children = 1",
                        "mcp.stdio.stopGrace = 2s",
                        "mcp.breaker.failures = 3",
                        "mcp.breaker.window = 30s",
                        "mcp.breaker.failureRate = 50",
                        "mcp.breaker.slowRate = 80",
                        "mcp.breaker.slow = 20s",
                        "mcp.breaker.samples = 100",
                        "mcp.breaker.openFor = 5s",
                        "mcp.breaker.probes = 1",
                        "mcp.breaker.successes = 1",
                        "mcp.retries.attempts = 2",
                        "mcp.retries.initialDelay = 50ms",
                        "mcp.retries.maxDelay = 1s",
                        "mcp.retries.multiplier = 200",
                        "mcp.retries.jitter = none",
                        "mcp.retries.budget = 10",
                        "mcp.retries.budgetMinimum = 3",
                        "mcp.adaptive.enabled = true",
                        "mcp.adaptive.least = 2s",
                        "mcp.adaptive.factor = 300",
                        "mcp.concurrency.initial = 10",
                        "mcp.concurrency.least = 2",
                        "mcp.concurrency.most = 100",
                        "mcp.concurrency.waiting = 500",
                        "mcp.concurrency.waitLimit = 5s",
                        "mcp.concurrency.background = 25",
                        "mcp.catalogueRefresh = 5m",
                        "limits.callBytes = 1MiB",
                        "limits.resultBytes = 1MiB",
                        "limits.depth = 64",
                        "limits.numberChars = 1000",
                        "limits.headerCount = 100",
                        "limits.headerBytes = 64KiB",
                        "limits.defaultDeadline = 5m",
                        "limits.maxDeadline = 1d",
                        "cache.enabled = true",
                        "cache.entries = 100",
                        "cache.bytes = 16MiB",
                        "cache.entryBytes = 256KiB",
                        "cache.ttl = 5m",
                        "cache.sharedTtl = 1h",
                        "redis.url = -",
                        "redis.secret = -",
                        "redis.connections = 2",
                        "redis.outstanding = 256",
                        "redis.timeout = 50ms",
                        "redis.warmUp = 3s",
                        "metrics.enabled = true",
                        "metrics.group = -",
                        "metrics.grace = 5s",
                        "metrics.retention = 20m",
                        "metrics.toolsPerServer = 1000",
                        "admin.enabled = true",
                        "admin.host = 127.0.0.1",
                        "admin.port = 0",
                        "admin.drainDelay = 0ms",
                        "log.level = info",
                        "log.format = auto",
                        "servers = {}",
                        "servers.<name>.enabled = true",
                        "servers.<name>.trusted = -",
                        "servers.<name>.callTimeout = -",
                        "servers.<name>.effects = {}",
                        "servers.<name>.mcp = -",
                        "servers.<name>.tools = {}",
                        "servers.<name>.tools.<name>.effect = -",
                        "servers.<name>.tools.<name>.timeout = -",
                        "servers.<name>.tools.<name>.retries = -",
                        "servers.<name>.tools.<name>.cache.enabled = -",
                        "servers.<name>.tools.<name>.cache.ttl = -",
                        "servers.<name>.tools.<name>.cache.sharedTtl = -",
                        "servers.<name>.tools.<name>.cache.staleWhileRevalidate = 0ms",
                        "servers.<name>.tools.<name>.cache.staleIfError = 0ms",
                        "servers.<name>.tools.<name>.cache.negative = 0ms",
                        "servers.<name>.tools.<name>.invalidates = []",
                        "serversFile = -",
                        "mcpServers = -");
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void profiles_arePinned(Profile profile) {
        List<String> values = List.of(profile.near(), profile.far()).stream()
                .map(mcp -> "%s %s; %d %d %s %s; %s %s; %d in %s, %s, %d %d; %d %s %s %s; %d"
                        .formatted(
                                Durations.text(mcp.timeouts().attempt()),
                                Durations.text(mcp.timeouts().call()),
                                mcp.pool().max(),
                                mcp.pool().minIdle(),
                                Durations.text(mcp.pool().idle()),
                                Durations.text(mcp.pool().lifetime()),
                                Durations.text(mcp.health().interval()),
                                Durations.text(mcp.health().suspectInterval()),
                                mcp.breaker().failures(),
                                Durations.text(mcp.breaker().window()),
                                Durations.text(mcp.breaker().openFor()),
                                mcp.breaker().probes(),
                                mcp.breaker().successes(),
                                mcp.retries().attempts(),
                                Durations.text(mcp.retries().initialDelay()),
                                Durations.text(mcp.retries().maxDelay()),
                                mcp.retries().jitter(),
                                mcp.concurrency().initial()))
                .toList();

        String near = "30s 30s; 10 2 5m 1h; 15s 1s; 3 in 30s, 5s, 1 1; 2 50ms 1s NONE; ";
        String local = near + "10";
        String cloud = "1m 1m; 50 5 1m 10m; 1m 5s; 5 in 1m, 30s, 3 3; 5 500ms 10s FULL; 5";
        assertThat(values)
                .isEqualTo(
                        switch (profile) {
                            case LOCAL_LLM -> List.of(local, local);
                            case CLOUD -> List.of(cloud, cloud);
                            case HYBRID -> List.of(near + "8", cloud);
                        });
    }

    @Test
    void defaults_ofSchemaAndRecords_areTheSame() {
        JsonNode records = Unbinder.tree(ToolstreamSettings.defaults());
        Map<String, String> pinned = new LinkedHashMap<>();
        collect(schema.root(), "", pinned);

        pinned.forEach((key, value) -> {
            JsonNode own = records.at("/" + key.replace('.', '/'));
            if (!own.isMissingNode() && !key.equals("worker.id")) {
                assertThat(shown(own)).as(key).isEqualTo(value);
            }
        });
        assertThat(Unbinder.tree(ServerPolicy.DEFAULT).toString())
                .isEqualTo("{\"enabled\":true,\"effects\":{},\"tools\":{}}");
    }

    @Test
    void keys_ofSchemaAndRecords_areTheSame() {
        List<String> keys = new ArrayList<>();
        components(ToolstreamSettings.class, "", keys);
        Map<String, String> pinned = new LinkedHashMap<>();
        collect(schema.root(), "", pinned);

        List<String> expected = new ArrayList<>(pinned.keySet());
        expected.removeAll(List.of("servers", "servers.<name>.tools", "serversFile", "mcpServers"));
        assertThat(keys).containsExactlyElementsOf(expected);
    }

    @Test
    void defaults_passTheSchema() {
        Problems problems = new Problems();
        SourceTree tree = WeakLayers.of(Profile.CLOUD, McpSettings.CLOUD, "worker-1");

        assertThat(schema.validate(tree, problems)).isEmpty();
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void schema_isOne() throws IOException {
        try (InputStream in = SettingsSchema.class.getResourceAsStream("settings.schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                            .validate(JsonMapper.shared().readTree(in)))
                    .isEmpty();
        }
    }

    @Test
    void everyKey_isDescribed() {
        assertDescribed(schema.root());
    }

    /** What {@code config show --effective} prints: each key that has a value, and where it came from. */
    @ParameterizedTest
    @ValueSource(strings = {"local-llm", "cloud", "hybrid"})
    void everyKeyWithADefault_isListedWithItsSource(String profile) {
        Map<String, String> pinned = new LinkedHashMap<>();
        collect(schema.root(), "", pinned);
        Map<String, String> sources = new LinkedHashMap<>();
        SettingsLoader.load(SettingsSources.of("profile=" + profile))
                .effective()
                .entries()
                .forEach(entry -> sources.put(entry.key(), entry.source()));

        assertThat(pinned).allSatisfy((key, value) -> {
            if (!value.equals("-") && !key.startsWith("servers.")) {
                assertThat(sources.get(key)).as(key).isNotBlank();
            }
        });
        assertThat(sources).hasSizeGreaterThan(90).containsEntry("profile", "--set profile");
    }

    private static void assertDescribed(Definition section) {
        for (String name : section.names()) {
            Definition key = section.child(name).orElseThrow();
            assertThat(key.description()).as(name).endsWith(".");
            assertDescribed(key);
        }
    }

    private static void collect(Definition section, String path, Map<String, String> into) {
        for (String name : section.names()) {
            Definition key = section.child(name).orElseThrow();
            String at = path.isEmpty() ? name : path + "." + name;
            if (key.isPartOfAnother()) {
                into.put(at, "-");
                continue;
            }
            if (!key.isSection()) {
                into.put(at, key.defaultValue().map(SettingsSchemaTest::shown).orElse("-"));
            }
            collect(key, at, into);
            if (key.isMap()) {
                key.child("").ifPresent(any -> collect(any, at + ".<name>", into));
            }
        }
    }

    private static void components(Class<?> type, String path, List<String> into) {
        for (RecordComponent component : type.getRecordComponents()) {
            String at = path.isEmpty() ? component.getName() : path + "." + component.getName();
            Type generic = component.getGenericType();
            if (component.getName().startsWith("remote")) {
                continue;
            }
            boolean isPartOfAnother = at.startsWith("servers.")
                    && PARTS.contains(component.getType().getSimpleName());
            if (component.getType().isRecord() && !isPartOfAnother) {
                components(component.getType(), at, into);
            } else {
                recordInMap(generic)
                        .ifPresentOrElse(record -> components(record, at + ".<name>", into), () -> into.add(at));
            }
        }
    }

    private static Optional<Class<?>> recordInMap(Type type) {
        return type instanceof ParameterizedType generic
                ? Arrays.stream(generic.getActualTypeArguments())
                        .<Class<?>>map(argument -> (Class<?>) argument)
                        .filter(Class::isRecord)
                        .findFirst()
                : Optional.empty();
    }

    private static String shown(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
