package io.toolstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsLoaderTest {
    @TempDir
    Path folder;

    @Test
    void load_withNothing_givesTheDefaults() {
        ToolstreamSettings settings = SettingsLoader.load(SettingsSources.of()).settings();

        assertThat(settings)
                .usingRecursiveComparison()
                .ignoringFields("worker.id")
                .isEqualTo(ToolstreamSettings.defaults());
        assertThat(settings.worker().id())
                .endsWith("-" + ProcessHandle.current().pid());
    }

    @Test
    void load_layers_flagOverEnvironmentOverFileOverProfileOverDefault() throws IOException {
        Path file = file("""
                profile: cloud
                worker:
                  maxInFlight: 1
                  commitInterval: 1s
                  drainTimeout: 1s
                """);

        LoadedSettings loaded = load(
                file,
                Map.of("TOOLSTREAM_WORKER__COMMIT_INTERVAL", "2s", "TOOLSTREAM_WORKER__DRAINTIMEOUT", "2s"),
                "worker.drainTimeout=3s");

        WorkerSettings worker = loaded.settings().worker();
        assertThat(worker.maxInFlight()).isEqualTo(1);
        assertThat(worker.commitInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(worker.drainTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(loaded.settings().mcp().pool().max()).isEqualTo(50);
        assertThat(source(loaded, "worker.maxInFlight")).isEqualTo(file + ":3:16");
        assertThat(source(loaded, "worker.commitInterval")).isEqualTo("environment TOOLSTREAM_WORKER__COMMIT_INTERVAL");
        assertThat(source(loaded, "worker.drainTimeout")).isEqualTo("--set worker.drainTimeout");
        assertThat(source(loaded, "mcp.pool.max")).isEqualTo("profile cloud");
        assertThat(source(loaded, "worker.group")).isEqualTo("default");
    }

    @Test
    void load_badFile_tellsEverythingAtOnceWithLineAndColumn() throws IOException {
        Path file = file("""
                workr: {}
                worker:
                  maxInFlihgt: 5
                  commitInterval: 5
                  drainTimeout: 5 min s
                  maxInFlight: many
                topics:
                  partitions: 0
                  replyTopics: replies
                mcp:
                  timeouts:
                    call: 1s
                    attempt: 2s
                kafka:
                  client:
                    interceptor.classes: x.Y
                """);

        assertThat(problems(file))
                .containsExactly(
                        file + ":1:1 /workr: is not a setting, did you mean worker?",
                        file + ":3:3 /worker/maxInFlihgt: is not a setting, did you mean maxInFlight?",
                        file
                                + ":4:19 /worker/commitInterval: expected a duration such as 250ms, 5s, 2m, 1h or 7d, found 5",
                        file
                                + ":5:17 /worker/drainTimeout: expected a duration such as 250ms, 5s, 2m, 1h or 7d, found a string",
                        file + ":6:16 /worker/maxInFlight: expected a whole number from 1 to 100000, found a string",
                        file + ":8:15 /topics/partitions: expected a whole number from 1 to 10000, found 0",
                        file + ":9:16 /topics/replyTopics: expected a list, found a string",
                        file + ":13:14 /mcp/timeouts/attempt: must not be longer than call (2s > 1s)",
                        file + ":16:26 /kafka/client/interceptor.classes: is not a property that may be set");
    }

    @Test
    void load_keyInTheWrongSection_saysWhereItBelongs() throws IOException {
        assertThat(problems(file("maxInFlightBytes: 1MiB\n")))
                .singleElement()
                .asString()
                .endsWith("is not a setting, did you mean worker.maxInFlightBytes?");
    }

    @Test
    void load_loweredLimit_takesDefaultsAlong() {
        McpSettings mcp = SettingsLoader.load(SettingsSources.of("mcp.timeouts.call=10s", "mcp.pool.max=1"))
                .settings()
                .mcp();

        assertThat(mcp.timeouts().attempt()).isEqualTo(Duration.ofSeconds(10));
        assertThat(mcp.timeouts().firstByte()).isEqualTo(Duration.ofSeconds(10));
        assertThat(mcp.pool().minIdle()).isEqualTo(1);
    }

    @Test
    void load_raisedPart_takesTheWholeAlong() {
        LoadedSettings loaded = SettingsLoader.load(SettingsSources.of("mcp.timeouts.firstByte=2m"));

        assertThat(loaded.settings().mcp().timeouts().call()).isEqualTo(Duration.ofMinutes(2));
        assertThat(source(loaded, "mcp.timeouts.call")).isEqualTo("follows mcp.timeouts.attempt");
    }

    @Test
    void load_loweredAttempt_takesWhatIsMeasuredByItAlong() {
        McpSettings mcp = SettingsLoader.load(SettingsSources.of(
                        "mcp.timeouts.attempt=1s", "mcp.retries.maxDelay=10ms", "mcp.concurrency.most=4"))
                .settings()
                .mcp();

        assertThat(mcp.breaker().slow()).isEqualTo(Duration.ofSeconds(1));
        assertThat(mcp.adaptive().least()).isEqualTo(Duration.ofSeconds(1));
        assertThat(mcp.retries().initialDelay()).isEqualTo(Duration.ofMillis(10));
        assertThat(mcp.concurrency().initial()).isEqualTo(4);
    }

    @Test
    void load_slowBeyondTheAttempt_raisesNothing() {
        McpSettings mcp = SettingsLoader.load(SettingsSources.of("mcp.breaker.slow=2m"))
                .settings()
                .mcp();

        assertThat(mcp.timeouts().attempt()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void load_concurrencyOfTheWorker_isAsItsCallsInFlightUntilItIsSet() {
        LoadedSettings following = SettingsLoader.load(SettingsSources.of("worker.maxInFlight=7"));
        WorkerSettings set = SettingsLoader.load(SettingsSources.of("worker.maxInFlight=7", "worker.maxConcurrent=3"))
                .settings()
                .worker();

        assertThat(following.settings().worker().maxConcurrent()).isEqualTo(7);
        assertThat(source(following, "worker.maxConcurrent")).isEqualTo("follows worker.maxInFlight");
        assertThat(set.maxConcurrent()).isEqualTo(3);
    }

    @Test
    void load_hybrid_givesEachServerTheValuesOfItsPlace() {
        LoadedSettings loaded = SettingsLoader.load(SettingsSources.of("profile=hybrid", "mcp.timeouts.connect=1s"));
        ToolstreamSettings settings = loaded.settings();
        ServerEntry near = new ServerEntry.Http("near", URI.create("http://localhost:1/mcp"), Map.of());
        ServerEntry far = new ServerEntry.Http("far", URI.create("https://example.com/mcp"), Map.of());

        assertThat(settings.mcpFor(near).pool().max()).isEqualTo(10);
        assertThat(settings.mcpFor(far).pool().max()).isEqualTo(50);
        assertThat(settings.mcpFor(far).timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.trusts(near)).isTrue();
        assertThat(settings.trusts(far)).isFalse();
        assertThat(value(loaded, "mcp.pool.max")).isEqualTo("10 (remote servers: 50)");
        assertThat(source(loaded, "mcp.pool.max")).isEqualTo("default (remote servers: profile hybrid)");
        assertThat(source(loaded, "mcp.timeouts.connect")).isEqualTo("--set mcp.timeouts.connect");
    }

    @Test
    void load_serverPolicy_bindsEffectsAndLimits() throws IOException {
        Path file = file("""
                servers:
                  fs:
                    trusted: false
                    callTimeout: 2s
                    effects: { read_file: read, write_file: idempotent }
                """);

        ToolstreamSettings settings = load(file, Map.of()).settings();
        ServerEntry fs = new ServerEntry.Stdio("fs", List.of("fs"), Map.of(), null);

        assertThat(settings.trusts(fs)).isFalse();
        assertThat(settings.policy("fs").effect("read_file")).contains(Effect.READ);
        assertThat(settings.policy("fs").effect("other")).isEmpty();
        assertThat(settings.mcpFor(fs).timeouts().attempt()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.policy("unlisted")).isEqualTo(ServerPolicy.DEFAULT);
    }

    @Test
    void load_references_areResolvedAndMasked() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
        Path file = file("""
                worker:
                  maxInFlight: ${env:MAX}
                  group: ${env:GROUP:-mine}
                kafka:
                  client:
                    ssl.key.password: ${file:%s}
                    ssl.truststore.password: plainly
                """.formatted(secret));

        LoadedSettings loaded = load(file, Map.of("MAX", "7"));

        assertThat(loaded.settings().worker().maxInFlight()).isEqualTo(7);
        assertThat(loaded.settings().worker().group()).isEqualTo("mine");
        assertThat(loaded.settings().kafka().client()).containsEntry("ssl.key.password", "s3cret");
        assertThat(value(loaded, "worker.maxInFlight")).isEqualTo("******");
        assertThat(value(loaded, "kafka.client.\"ssl.key.password\"")).isEqualTo("******");
        assertThat(loaded.toString()).doesNotContain("s3cret").doesNotContain("plainly");
    }

    @Test
    void load_unsetReference_namesKeyAndVariable() throws IOException {
        Path file = file("worker:\n  maxInFlight: ${env:NOT_THERE}\n  group: a${env:GONE}b\n");

        assertThat(problems(file))
                .containsExactly(
                        file
                                + ":2:16 /worker/maxInFlight: the environment variable NOT_THERE is not set and has no default",
                        file + ":3:10 /worker/group: the environment variable GONE is not set and has no default");
    }

    @ParameterizedTest
    @CsvSource({
        "TOOLSTREAM_WORKER__MAX_INFLIHGT, 5, is not a setting, did you mean maxInFlight?",
        "TOOLSTREAM_WORKER__MAX_IN_FLIGHT, five, 'expected a whole number from 1 to 100000, found a string'",
        "TOOLSTREAM_PROFILE, moon, 'expected one of local-llm, cloud, hybrid, found a string'",
    })
    void load_badVariable_isNamed(String variable, String value, String message) {
        SettingsException refused = catchThrowableOfType(
                SettingsException.class,
                () -> SettingsLoader.load(new SettingsSources(null, Map.of(variable, value), List.of())));

        assertThat(refused).hasMessageContaining("environment " + variable).hasMessageContaining(message);
    }

    @Test
    void load_variables_reachMapsListsAndTheLogLevel() {
        ToolstreamSettings settings = SettingsLoader.load(new SettingsSources(
                        null,
                        Map.of(
                                "TOOLSTREAM_KAFKA__CLIENT__SECURITY_PROTOCOL", "SSL",
                                "TOOLSTREAM_TOPICS__REPLY_TOPICS", "a, b*",
                                "TOOLSTREAM_SERVERS__FS__EFFECTS__READ_FILE", "read",
                                "TOOLSTREAM_LOG", "debug",
                                "TOOLSTREAM_PORT", "tcp://10.0.0.1:80",
                                "TOOLSTREAM_SERVICE_HOST", "10.0.0.1"),
                        List.of()))
                .settings();

        assertThat(settings.kafka().client()).containsExactly(Map.entry("security.protocol", "SSL"));
        assertThat(settings.topics().replyTopics()).containsExactly("a", "b*");
        assertThat(settings.policy("fs").effect("read_file")).contains(Effect.READ);
        assertThat(settings.log().level()).isEqualTo(LogSettings.Level.DEBUG);
    }

    @Test
    void load_overrides_reachMapsWithDotsInTheirKeys() {
        ToolstreamSettings settings = SettingsLoader.load(SettingsSources.of(
                        "kafka.client.security.protocol=SSL",
                        "servers.\"my.server\".trusted=true",
                        "servers.fs.effects.a.b=read"))
                .settings();

        assertThat(settings.kafka().client()).containsEntry("security.protocol", "SSL");
        assertThat(settings.policy("my.server").trusted()).isTrue();
        assertThat(settings.policy("fs").effect("a.b")).contains(Effect.READ);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "worker.maxinflght=5 | maxinflght is not a setting, did you mean maxInFlight?",
                "nonsense            | expected section.key=value",
                "worker=5            | expected keys with values below it, found a string",
                "worker.group=       | expected a string that is not empty, found a string",
            })
    void load_badOverride_isNamed(String override, String message) {
        assertThatThrownBy(() -> SettingsLoader.load(SettingsSources.of(override)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void load_serversInTheSettings_areReadAsInMcpJson() throws IOException {
        Path file = file("""
                mcpServers:
                  fs: { command: node, args: [server.js], env: { TOKEN: "${TOKEN}" } }
                  web: { type: http, url: "http://localhost:9/mcp" }
                """);

        LoadedSettings loaded = load(file, Map.of("TOKEN", "t0ken"));

        assertThat(loaded.servers()).extracting(ServerEntry::name).containsExactly("fs", "web");
        assertThat(((ServerEntry.Stdio) loaded.servers().get(0)).environment()).containsEntry("TOKEN", "t0ken");
        assertThat(loaded.effective().toString()).doesNotContain("t0ken");
    }

    @Test
    void load_serversFile_isFoundBesideTheSettings() throws IOException {
        Files.writeString(folder.resolve("mcp.json"), "{\"mcpServers\": {\"web\": {\"url\": \"http://localhost/\"}}}");

        LoadedSettings loaded = load(file("serversFile: mcp.json\n"), Map.of());

        assertThat(loaded.servers()).extracting(ServerEntry::name).containsExactly("web");
    }

    @Test
    void load_badServersFile_isToldWithTheRest() throws IOException {
        Path servers = Files.writeString(folder.resolve("mcp.json"), "{\"mcpServers\": {\"web\": {}}}");
        Path file = file("serversFile: mcp.json\nworker: { maxInFlight: 0 }\n");

        assertThat(problems(file))
                .containsExactly(
                        servers + ":1:24 /mcpServers/web: has neither command nor url",
                        file + ":2:24 /worker/maxInFlight: expected a whole number from 1 to 100000, found 0");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void load_secretInAFileForEveryone_isWarnedOf() throws IOException {
        Path file = file("kafka:\n  client:\n    ssl.key.password: plainly\n    ssl.keystore.password: ${env:P}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(load(file, Map.of("P", "x")).warnings())
                .singleElement()
                .asString()
                .startsWith(file + ":3:23 /kafka/client/ssl.key.password: is a secret in a file")
                .doesNotContain("plainly");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(load(file, Map.of("P", "x")).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 1", "10.0.0.1, 1", "myhost, 1", "'::', 1", "127.0.0.1, 0", "'::1', 0", "localhost, 0"})
    void load_adminBeyondThisMachine_isWarnedOf(String host, int warnings) {
        assertThat(SettingsLoader.load(SettingsSources.of("admin.host=" + host)).warnings())
                .hasSize(warnings);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("toolstream.yaml"), text);
    }

    private static LoadedSettings load(Path file, Map<String, String> environment, String... overrides) {
        return SettingsLoader.load(new SettingsSources(file, environment, List.of(overrides)));
    }

    private static List<String> problems(Path file) {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> load(file, Map.of()));
        return refused.problems().stream().map(Problem::toString).toList();
    }

    private static String source(LoadedSettings loaded, String key) {
        return entry(loaded, key).source();
    }

    private static String value(LoadedSettings loaded, String key) {
        return entry(loaded, key).value();
    }

    private static EffectiveSettings.Entry entry(LoadedSettings loaded, String key) {
        return loaded.effective().entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key + " in " + loaded.effective()));
    }
}
