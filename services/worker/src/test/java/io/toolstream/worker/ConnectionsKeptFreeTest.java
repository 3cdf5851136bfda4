package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Identity;
import io.toolstream.runtime.Threads;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.Effect;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.testkit.TlsIdentity;
import io.toolstream.testkit.raw.FramePeer;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.wire.Priority;
import io.toolstream.worker.fixture.ManualNanos;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.mcp.McpInvoker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live calls beside replays that hang, at real servers with eight permits and two connections. What came lately is told by a
 * clock that stands still.
 */
final class ConnectionsKeptFreeTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int PERMITS = 8;
    private static final McpSettings TWO_CONNECTIONS = SettingsLoader.load(SettingsSources.of(
                    "mcp.pool.max=2",
                    "mcp.pool.minIdle=0",
                    "mcp.pool.acquire=2s",
                    "mcp.timeouts.attempt=4m",
                    "mcp.timeouts.call=4m",
                    "mcp.timeouts.firstByte=4m",
                    "mcp.concurrency.initial=" + PERMITS,
                    "mcp.concurrency.least=" + PERMITS,
                    "mcp.concurrency.most=" + PERMITS))
            .settings()
            .mcp();

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Threads.timer();
    private final ExecutorService callThreads = Threads.callPool(2);
    private final Meters meters = new Meters();
    private final Clockwork time =
            new Clockwork(() -> Instant.ofEpochMilli(Records.SENT_MILLIS), new ManualNanos(), timer, callThreads);
    private final Limits limits = Limits.of(WorkerSettings.DEFAULT, meters, time);
    private McpClients clients = new McpClients(LimitSettings.DEFAULT);

    @AfterEach
    void stop() {
        clients.close();
        timer.shutdownNow();
        callThreads.shutdownNow();
    }

    @Test
    void http1_oneConnectionIsLeftForLiveCalls() {
        try (ScriptedToolServer server = ScriptedToolServer.start()) {
            assertThatOneConnectionIsLeft(server);
        }
    }

    /** What it speaks shows only once it is connected. */
    @Test
    void http1OverTls_oneConnectionIsLeftForLiveCalls() {
        TlsIdentity localhost = TlsIdentity.of(folder, "localhost");
        clients.close();
        clients = new McpClients(
                LimitSettings.DEFAULT,
                McpClientSettings.DEFAULT.withIdentity(new Identity("test", "1", localhost.certificate())));
        try (ScriptedToolServer server =
                ScriptedToolServer.start(ServerOptions.defaults().withTls(localhost))) {
            assertThatOneConnectionIsLeft(server);
        }
    }

    private void assertThatOneConnectionIsLeft(ScriptedToolServer server) {
        server.script("sleep", Behaviour.never());
        Invoker invoker = open(server.url(), ServerEntry.Http2.AUTO);
        assertAnswered(invoker);

        List<CompletableFuture<Outcome>> replays = replays(invoker);
        assertAnswered(invoker);

        assertThat(shown("background")).isEqualTo(1);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(server.count(Counted.CALL))
                        .as("two live calls and a replay")
                        .isEqualTo(3));
        assertThat(replays).noneMatch(CompletableFuture::isDone);
    }

    /** So that nothing is kept free in vain where a connection carries many. */
    @Test
    void http2_onePermitIsLeftForLiveCalls() {
        AtomicInteger hanging = new AtomicInteger();
        try (RawServer server = new RawServer(peer -> answerEchoes(new FramePeer(peer).begin(), hanging))) {
            Invoker invoker = open(server.url(), ServerEntry.Http2.ALWAYS);
            assertAnswered(invoker);

            List<CompletableFuture<Outcome>> replays = replays(invoker);

            await().atMost(LONG).until(() -> hanging.get() == PERMITS - 1);
            assertThat(shown("background")).isEqualTo(PERMITS - 1);
            assertAnswered(invoker);
            assertThat(replays).noneMatch(CompletableFuture::isDone);
        }
    }

    private static void answerEchoes(FramePeer peer, AtomicInteger hanging) throws IOException {
        for (FramePeer.Call call = peer.call(); call != null; call = peer.call()) {
            if (call.request().tool().equals("sleep")) {
                hanging.incrementAndGet();
            } else {
                peer.answer(call);
            }
        }
    }

    private static void assertAnswered(Invoker invoker) {
        assertThat(call(invoker, Priority.INTERACTIVE, "echo"))
                .succeedsWithin(LONG)
                .as("a live call")
                .isInstanceOf(Outcome.Answered.class);
    }

    private Invoker open(URI url, ServerEntry.Http2 http2) {
        ServerEntry entry = new ServerEntry.Http("fs", List.of(url), Map.of(), http2);
        Endpoint endpoint = clients.open(new ServerSetup(entry, TWO_CONNECTIONS, ServerPolicy.DEFAULT, true))
                .get(0);
        return limits.of(endpoint).around(new McpInvoker(endpoint, server -> {}, callThreads, time.clock()));
    }

    /** More than there are permits. */
    private static List<CompletableFuture<Outcome>> replays(Invoker invoker) {
        return IntStream.range(0, 2 * PERMITS)
                .mapToObj(i -> call(invoker, Priority.REPLAY, "sleep"))
                .toList();
    }

    private static CompletableFuture<Outcome> call(Invoker invoker, Priority priority, String tool) {
        String value = "{\"server\":\"fs\",\"tool\":\"" + tool + "\",\"arguments\":{\"text\":\"hi\"}}";
        Invocation invocation = new Invocation(
                Records.call(value, Records.header("priority", priority.text())),
                ToolFixtures.tool("fs", tool, Effect.READ),
                Records.origin());
        return invoker.invoke(invocation).handle(Outcome::of);
    }

    private int shown(String state) {
        return (int) meters.registry()
                .get("toolstream.tool.server.permits")
                .tag("state", state)
                .gauge()
                .value();
    }
}
