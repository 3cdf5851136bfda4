package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.runtime.Threads;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.settings.Effect;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.meter.CallMeters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for a permit of a server, and the server goes away or fails meanwhile. */
final class WaitingCallsTest {
    /** Before the one that holds the permit runs into its own limit, and before the others have waited for too long. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final String PERMITS = "toolstream.tool.server.permits";
    private static final McpSettings ONE_AT_A_TIME = SettingsLoader.load(SettingsSources.of(
                    "mcp.concurrency.initial=1",
                    "mcp.concurrency.least=1",
                    "mcp.concurrency.most=1",
                    "mcp.concurrency.waitLimit=60s"))
            .settings()
            .mcp();

    private final ScheduledExecutorService timer = Threads.timer();
    private final ExecutorService callThreads = Threads.callPool(2);
    private final Meters meters = new Meters();
    private final McpClients clients = new McpClients(LimitSettings.DEFAULT);
    private final Resilience resilience = Resilience.start(timer, callThreads, meters, change -> {});
    private final Limits limits =
            Limits.of(WorkerSettings.DEFAULT, meters, Clockwork.system(InstantSource.system(), timer, callThreads));
    private final Invokers.Shared shared =
            new Invokers.Shared(CallMeters.of(meters), resilience, limits, server -> {}, Tracing.OFF);

    @AfterEach
    void stop() {
        resilience.close();
        clients.close();
        timer.shutdownNow();
        callThreads.shutdownNow();
    }

    @Test
    void breakerOpens_endsThoseWhoWait_atOnce() {
        try (FailingServers hung = FailingServers.hung()) {
            ServerSetup setup = new ServerSetup(hung.entry(), ONE_AT_A_TIME, ServerPolicy.DEFAULT, true);
            List<Endpoint> endpoints = clients.open(setup);
            Invoker invoker = Invokers.server(endpoints, shared);
            assertThat(call(invoker).join()).isInstanceOf(Outcome.Answered.class);
            await().atMost(PATIENCE).until(this::isHealthy);
            hung.fail();

            CompletableFuture<Outcome> holds = call(invoker);
            List<CompletableFuture<Outcome>> wait =
                    IntStream.range(0, 3).mapToObj(i -> call(invoker)).toList();

            await().atMost(PATIENCE).until(() -> wait.stream().allMatch(CompletableFuture::isDone));
            assertThat(wait.stream().map(CompletableFuture::join))
                    .allSatisfy(outcome -> assertThat(
                                    ((Outcome.Failed) outcome).failure().code())
                            .isEqualTo(ErrorCode.BREAKER_OPEN));
            assertThat(holds).isNotDone();
        }
    }

    @Test
    void serverIsGone_itsPermitsAreShownNoMore() {
        try (FailingServers server = FailingServers.hung()) {
            List<Endpoint> endpoints =
                    clients.open(new ServerSetup(server.entry(), ONE_AT_A_TIME, ServerPolicy.DEFAULT, true));
            Invoker unused = Invokers.server(endpoints, shared);
            assertThat(meters.registry().find(PERMITS).gauges()).hasSize(4);

            limits.forget(endpoints);

            assertThat(meters.registry().find(PERMITS).gauges()).isEmpty();
        }
    }

    private boolean isHealthy() {
        return resilience.guards().reports().get(0).health().state().equals("healthy");
    }

    private static CompletableFuture<Outcome> call(Invoker invoker) {
        Tool tool = ToolFixtures.tool("hung", "echo", Effect.READ);
        String value = "{\"server\":\"hung\",\"tool\":\"echo\",\"arguments\":{\"text\":\"hi\"}}";
        return invoker.invoke(new Invocation(Records.callOfNow(value), tool, Records.origin()))
                .handle(Outcome::of);
    }
}
