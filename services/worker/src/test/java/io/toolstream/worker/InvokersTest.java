package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.worker.effects.MemoryEffectLog;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ManualTimer;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.mcp.Route;
import io.toolstream.worker.mcp.Routes;
import io.toolstream.worker.meter.CallMeters;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InvokersTest {
    private final Meters meters = new Meters();
    private final ManualTimer timer = new ManualTimer();
    private final Resilience resilience = Resilience.start(timer, Runnable::run, meters, change -> {});
    private final Invokers.Shared shared = new Invokers.Shared(
            CallMeters.of(meters), resilience, limits(meters, new ManualClock()), server -> {}, Tracing.OFF);

    /** As by the default settings. */
    static Limits limits(Meters meters, InstantSource clock) {
        return Limits.of(WorkerSettings.DEFAULT, meters, Clockwork.system(clock, new ManualTimer(), Runnable::run));
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void server_isInThisOrder() {
        Invoker invoker = Invokers.server(List.of(ToolFixtures.endpoint(new FakeToolServer("fs"))), shared);

        assertThat(invoker)
                .hasToString(
                        "CallLimitInvoker[LaneInvoker[RetryingInvoker[DeadlineInvoker[BreakingInvoker[LimitingInvoker["
                                + "AttemptLimits[WatchingInvoker[MeteredInvoker[McpInvoker[fs]]]]]]]]]]");
    }

    @Test
    void nest_isInThisOrder() {
        Routes routes = new Routes(Map.of("fs", new Route(invocation -> new CompletableFuture<>())));

        Invoker invoker = Invokers.nest(
                routes,
                new Invokers.Claims(MemoryEffectLog.ledger(new ManualClock()), 4),
                UnaryOperator.identity(),
                shared);

        assertThat(invoker).hasToString("NeverThrowInvoker[ClaimingInvoker[RoutingInvoker[fs]]]");
    }
}
