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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What retries, deadlines, breaker, permits, learned limits and the watch cost together: calls of an instant tool server
 * with 50 in flight, through them and past them in short turns, so that both meet whatever else the machine does. The long
 * form: {@code -Dtoolstream.stages.rounds=20}.
 */
final class StageCostTest {
    private static final int ROUNDS = Integer.getInteger("toolstream.stages.rounds", 3);
    private static final int TURNS_IN_A_ROUND = 10;
    private static final int WARM_UP = 10_000;
    private static final int CALLS = 1_000;
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
            nanosOf(WARM_UP, through, "through");
            nanosOf(WARM_UP, past, "past");

            double[] shares = new double[ROUNDS * TURNS_IN_A_ROUND];
            long with = 0;
            long without = 0;
            for (int turn = 0; turn < shares.length; turn++) {
                boolean isFirst = turn % 2 == 0;
                long before = isFirst ? 0 : nanosOf(CALLS, through, "through");
                long pastNanos = nanosOf(CALLS, past, "past");
                long throughNanos = isFirst ? nanosOf(CALLS, through, "through") : before;
                shares[turn] = (double) pastNanos / throughNanos;
                with += throughNanos;
                without += pastNanos;
            }

            Arrays.sort(shares);
            System.out.printf(
                    "%.0f calls/s through all stages, %.0f past them; share, %d turns: median %.3f, least %.3f, most %.3f%n",
                    perSecond(shares.length, with),
                    perSecond(shares.length, without),
                    shares.length,
                    shares[shares.length / 2],
                    shares[0],
                    shares[shares.length - 1]);
            assertThat(failed).hasValue(0);
            assertThat(shares[shares.length / 2]).isGreaterThan(LEAST_SHARE);
        }
    }

    private List<Endpoint> open(String name, InstantStub stub) {
        ServerEntry entry = new ServerEntry.Http(name, stub.url(), Map.of());
        return clients.open(new ServerSetup(entry, McpSettings.DEFAULT, ServerPolicy.DEFAULT, true));
    }

    private static double perSecond(int turns, long nanos) {
        return turns * CALLS * 1e9 / nanos;
    }

    private long nanosOf(int calls, Invoker invoker, String server) throws InterruptedException {
        Tool tool = ToolFixtures.tool(server, "echo", Effect.READ);
        String value = "{\"server\":\"" + server + "\",\"tool\":\"echo\",\"arguments\":{\"text\":\"hi\"}}";
        Semaphore places = new Semaphore(IN_FLIGHT);
        long beganNanos = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            places.acquire();
            var unused = invoker.invoke(new Invocation(Records.callOfNow(value), tool, Records.origin()))
                    .handle(Outcome::of)
                    .thenAccept(outcome -> {
                        failed.addAndGet(outcome instanceof Outcome.Answered ? 0 : 1);
                        places.release();
                    });
        }
        places.acquire(IN_FLIGHT);
        return System.nanoTime() - beganNanos;
    }
}
