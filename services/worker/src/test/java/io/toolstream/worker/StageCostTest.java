package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.runtime.Threads;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.settings.Effect;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.stub.InstantStub;
import io.toolstream.testkit.stub.StubSettings;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.mcp.McpInvoker;
import io.toolstream.worker.meter.CallMeters;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What retries, deadlines, breaker, permits, learned limits and the watch cost together: calls of an instant tool server
 * with 50 in flight, through them and past them in turn. The long form: {@code -Dtoolstream.stages.rounds=20}.
 */
final class StageCostTest {
    private static final int ROUNDS = Integer.getInteger("toolstream.stages.rounds", 3);
    private static final int CALLS = 10_000;
    private static final int IN_FLIGHT = 50;
    private static final double LEAST_SHARE = 0.5;

    private final ScheduledExecutorService timer = Threads.timer();
    private final ExecutorService callThreads = Threads.callPool(2);
    private final Meters meters = new Meters();
    private final McpClients clients = new McpClients(LimitSettings.DEFAULT);
    private final Resilience resilience = Resilience.start(timer, callThreads, meters, change -> {});
    private final InstantSource clock = InstantSource.system();
    private final Invokers.Shared shared = new Invokers.Shared(
            CallMeters.of(meters),
            resilience,
            Limits.of(WorkerSettings.DEFAULT, meters, Clockwork.system(clock, timer, callThreads)),
            server -> {},
            Tracing.OFF);
    private final AtomicInteger failed = new AtomicInteger();

    @AfterEach
    void stop() {
        resilience.close();
        clients.close();
        timer.shutdownNow();
        callThreads.shutdownNow();
    }

    @Test
    void calls_throughAllStages_areNearlyAsManyAsPastThem() throws InterruptedException {
        try (InstantStub stub = InstantStub.start(StubSettings.instant())) {
            Invoker through = Invokers.server(open("through", stub), shared);
            Invoker past = new McpInvoker(open("past", stub).get(0), server -> {}, callThreads, clock);
            perSecond(through, "through");
            perSecond(past, "past");

            double[] shares = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                boolean isFirst = round % 2 == 0;
                double before = isFirst ? 0 : perSecond(through, "through");
                double without = perSecond(past, "past");
                double with = isFirst ? perSecond(through, "through") : before;
                shares[round] = with / without;
                System.out.printf("%.0f calls/s through all stages, %.0f past them%n", with, without);
            }

            double[] sorted = DoubleStream.of(shares).sorted().toArray();
            System.out.printf(
                    "share, %d rounds: median %.3f, least %.3f, most %.3f%n",
                    ROUNDS, sorted[ROUNDS / 2], sorted[0], sorted[ROUNDS - 1]);
            assertThat(failed).hasValue(0);
            assertThat(sorted[ROUNDS / 2]).isGreaterThan(LEAST_SHARE);
        }
    }

    private List<Endpoint> open(String name, InstantStub stub) {
        ServerEntry entry = new ServerEntry.Http(name, stub.url(), Map.of());
        return clients.open(new ServerSetup(entry, McpSettings.DEFAULT, ServerPolicy.DEFAULT, true));
    }

    private double perSecond(Invoker invoker, String server) throws InterruptedException {
        Tool tool = ToolFixtures.tool(server, "echo", Effect.READ);
        String value = "{\"server\":\"" + server + "\",\"tool\":\"echo\",\"arguments\":{\"text\":\"hi\"}}";
        Semaphore places = new Semaphore(IN_FLIGHT);
        long beganNanos = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            places.acquire();
            var unused = invoker.invoke(new Invocation(Records.call(value), tool, Records.origin()))
                    .handle(Outcome::of)
                    .thenAccept(outcome -> {
                        failed.addAndGet(outcome instanceof Outcome.Answered ? 0 : 1);
                        places.release();
                    });
        }
        places.acquire(IN_FLIGHT);
        return CALLS * 1e9 / (System.nanoTime() - beganNanos);
    }
}
