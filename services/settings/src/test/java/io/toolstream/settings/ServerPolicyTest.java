package io.toolstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of single servers and tools goes before what is said of all. */
final class ServerPolicyTest {
    private static final ServerEntry NEAR = new ServerEntry.Stdio("fs", List.of("fs"), Map.of(), null);
    private static final ServerEntry FAR = new ServerEntry.Http("fs", URI.create("https://example.com/mcp"), Map.of());

    @TempDir
    Path folder;

    @Test
    void mcpFor_overriddenServer_hasItsOwnAndTheRestOfAllOthers() throws IOException {
        ToolstreamSettings settings = load("""
                mcp: { timeouts: { connect: 1s }, breaker: { failures: 7 } }
                servers:
                  fs:
                    mcp: { breaker: { window: 9s }, pool: { max: 3 } }
                """).settings();

        McpSettings own = settings.mcpFor(NEAR);

        assertThat(own.breaker().window()).isEqualTo(Duration.ofSeconds(9));
        assertThat(own.breaker().failures()).isEqualTo(7);
        assertThat(own.pool().max()).isEqualTo(3);
        assertThat(own.timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.mcpFor(named("other"))).isEqualTo(settings.mcp());
    }

    @Test
    void mcpFor_hybrid_overridesTheValuesOfThePlace() throws IOException {
        ToolstreamSettings settings = load("profile: hybrid\nservers: { fs: { mcp: { pool: { idle: 9s } } } }\n")
                .settings();

        assertThat(settings.mcpFor(NEAR).pool())
                .extracting(PoolSettings::max, PoolSettings::idle)
                .containsExactly(10, Duration.ofSeconds(9));
        assertThat(settings.mcpFor(FAR).pool())
                .extracting(PoolSettings::max, PoolSettings::idle)
                .containsExactly(50, Duration.ofSeconds(9));
    }

    @Test
    void mcpFor_loweredLimit_takesAlongWhatWasSetForAllServers() throws IOException {
        ToolstreamSettings settings = load("""
                mcp: { timeouts: { attempt: 20s } }
                servers:
                  fs: { mcp: { timeouts: { call: 5s } } }
                  old: { callTimeout: 4s }
                """).settings();

        assertThat(settings.mcpFor(NEAR).timeouts().attempt()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.mcpFor(NEAR).breaker().slow()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.mcpFor(named("old")).timeouts().attempt()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.mcp().timeouts().attempt()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void mcpFor_raisedAboveALimitForAll_isAContradiction() throws IOException {
        assertThat(problems("""
                mcp: { timeouts: { call: 10s } }
                servers: { fs: { mcp: { timeouts: { attempt: 20s } } } }
                """))
                .containsExactly(
                        file() + ":2:46 /servers/fs/mcp/timeouts/attempt: must not be longer than call (20s > 10s)");
    }

    @Test
    void toolPolicy_toolOverServerOverProfile() throws IOException {
        ToolstreamSettings settings = load("""
                profile: cloud
                servers:
                  fs:
                    mcp: { retries: { maxDelay: 3s, budget: 20 } }
                    tools:
                      read: { effect: read, timeout: 9s, retries: { attempts: 4 }, cache: { ttl: 1m } }
                      write: { invalidates: [read] }
                """).settings();

        ToolPolicy read = settings.toolPolicy(FAR, "read");
        ToolPolicy write = settings.toolPolicy(FAR, "write");
        ToolPolicy other = settings.toolPolicy(FAR, "other");

        assertThat(read.timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(read.retries())
                .isEqualTo(
                        new RetrySettings(4, Duration.ofMillis(500), Duration.ofSeconds(3), 200, Jitter.FULL, 20, 3));
        assertThat(read.cache())
                .isEqualTo(new ToolCacheSettings(
                        true, Duration.ofMinutes(1), null, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        assertThat(write.invalidates()).containsExactly("read");
        assertThat(write.cache()).isEqualTo(ToolCacheSettings.OFF);
        assertThat(write.retries()).isEqualTo(other.retries());
        assertThat(other.retries().attempts()).isEqualTo(5);
        assertThat(other.retries().budget()).isEqualTo(20);
        assertThat(settings.toolPolicy(named("unlisted"), "x"))
                .isEqualTo(new ToolPolicy(null, RetrySettings.CLOUD, ToolCacheSettings.OFF, List.of()));
        assertThat(settings.policy("fs").effect("read")).contains(Effect.READ);
    }

    @Test
    void load_mistakesInOverrides_areToldWithPlaceAndHint() throws IOException {
        assertThat(problems("""
                servers:
                  fs:
                    mcp: { timeots: { attempt: 1s }, pool: { max: 0 } }
                    tools:
                      read: { cahce: { ttl: 1m }, timeout: 5 }
                      write: { cache: { stale: 1s }, retries: { initialDelay: 9s, maxDelay: 1s } }
                """))
                .containsExactly(
                        file() + ":3:12 /servers/fs/mcp/timeots: is not a setting, did you mean timeouts?",
                        file() + ":3:51 /servers/fs/mcp/pool/max: expected a whole number from 1 to 10000, found 0",
                        file() + ":5:15 /servers/fs/tools/read/cahce: is not a setting, did you mean cache?",
                        file()
                                + ":5:44 /servers/fs/tools/read/timeout: expected a duration such as 250ms, 5s, 2m, 1h or 7d, found 5",
                        file() + ":6:25 /servers/fs/tools/write/cache/stale: is not a setting");
    }

    @Test
    void load_contradictions_areErrors() throws IOException {
        assertThat(problems("""
                mcpServers: { fs: { url: "http://localhost/" }, git: { url: "http://localhost/" } }
                servers:
                  fs:
                    callTimeout: 1s
                    effects: { read: read }
                    mcp: { timeouts: { call: 2s } }
                    tools:
                      read: { effect: idempotent }
                      pay: { effect: once, cache: { enabled: true } }
                      put: { invalidates: [read, git/log, gti/log] }
                """))
                .containsExactly(
                        file() + ":4:18 /servers/fs/callTimeout: stands beside mcp.timeouts.call: use one of the two",
                        file()
                                + ":8:23 /servers/fs/tools/read/effect: contradicts effects, where the tool is read: use one of the two",
                        file()
                                + ":9:46 /servers/fs/tools/pay/cache/enabled: keeps answers of a tool whose effect is once: each of its calls is meant to be run",
                        file()
                                + ":10:43 /servers/fs/tools/put/invalidates/2: names a tool of gti, which is none of the tool servers listed, did you mean git?");
    }

    @Test
    void load_retriesOfOneToolThatContradict_areErrors() throws IOException {
        assertThat(problems("servers: { fs: { tools: { get: { retries: { initialDelay: 9s, maxDelay: 1s } } } } }"))
                .containsExactly(
                        file()
                                + ":1:59 /servers/fs/tools/get/retries/initialDelay: must not be longer than maxDelay (9s > 1s)");
    }

    @Test
    void load_serverThatIsNotListed_isWarnedOf() throws IOException {
        LoadedSettings loaded = load("""
                mcpServers: { files: { url: "http://localhost/" }, off: { command: x, disabled: true } }
                servers:
                  off: { tools: { put: { invalidates: [off/get] } } }
                  flies: { trusted: true }
                  files: { tools: { put: { effect: idempotent, cache: { ttl: 1s } } } }
                """);

        assertThat(loaded.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        file() + ":4:3 /servers/flies: is none of the tool servers listed, did you mean files?",
                        file()
                                + ":5:55 /servers/files/tools/put/cache: keeps answers of a tool that changes things: equal calls are not run meanwhile");
    }

    @Test
    void effective_listsWhatHoldsForServersAndToolsWithItsSource() throws IOException {
        LoadedSettings loaded = load("""
                profile: cloud
                mcp: { timeouts: { attempt: 20s } }
                servers:
                  fs:
                    mcp: { timeouts: { attempt: 5s } }
                    tools: { read: { retries: { attempts: 4 } } }
                """);

        assertThat(loaded.effective().entries().stream()
                        .filter(entry -> entry.key().startsWith("servers."))
                        .map(entry -> entry.key() + " = " + entry.value() + " <- "
                                + entry.source().replace(file() + ":", "")))
                .containsExactlyInAnyOrder(
                        "servers.fs.enabled = true <- default",
                        "servers.fs.effects = {} <- default",
                        "servers.fs.mcp.timeouts.attempt = 5s <- 5:33",
                        "servers.fs.mcp.timeouts.firstByte = 5s <- follows mcp.timeouts.attempt",
                        "servers.fs.mcp.breaker.slow = 5s <- follows mcp.timeouts.attempt",
                        "servers.fs.tools.read.retries.attempts = 4 <- 6:43",
                        "servers.fs.tools.read.retries.initialDelay = 500ms <- profile cloud",
                        "servers.fs.tools.read.retries.maxDelay = 10s <- profile cloud",
                        "servers.fs.tools.read.retries.multiplier = 200 <- default",
                        "servers.fs.tools.read.retries.jitter = full <- profile cloud",
                        "servers.fs.tools.read.retries.budget = 50 <- profile cloud",
                        "servers.fs.tools.read.retries.budgetMinimum = 3 <- default",
                        "servers.fs.tools.read.cache.enabled = false <- default",
                        "servers.fs.tools.read.cache.staleWhileRevalidate = 0ms <- default",
                        "servers.fs.tools.read.cache.staleIfError = 0ms <- default",
                        "servers.fs.tools.read.cache.negative = 0ms <- default",
                        "servers.fs.tools.read.invalidates = [] <- default");
    }

    private static ServerEntry named(String name) {
        return new ServerEntry.Stdio(name, List.of(name), Map.of(), null);
    }

    private Path file() {
        return folder.resolve("toolstream.yaml");
    }

    private LoadedSettings load(String text) throws IOException {
        Files.writeString(file(), text);
        return SettingsLoader.load(new SettingsSources(file(), Map.of(), List.of()));
    }

    private List<String> problems(String text) {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> load(text));
        return refused.problems().stream().map(Problem::toString).toList();
    }
}
