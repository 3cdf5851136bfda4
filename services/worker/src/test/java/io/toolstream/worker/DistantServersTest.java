package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Delivery;
import io.toolstream.testkit.ReceivedCall;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Servers far away: answers take 100 to 200 ms, and one of a hundred is lost with its connection. In real time; the long
 * form: {@code -Dtoolstream.distant.calls=5000}.
 */
final class DistantServersTest {
    private static final int CALLS = Integer.getInteger("toolstream.distant.calls", 300);
    private static final int IN_FLIGHT = 20;
    private static final int TURNS = 6;

    private final RealInvokers invokers = new RealInvokers();

    @AfterEach
    void stop() {
        invokers.close();
    }

    @Test
    void serverFarAway_isNotTakenForOneThatFails() {
        McpSettings cloud = settings("cloud").mcp();
        try (ScriptedToolServer far = ScriptedToolServer.start()) {
            far.script("echo", farAway(new Random(5)));
            Invoker invoker = invokers.open(entry("far", far), cloud);

            Load load = new Load(invoker, tool("far", cloud));
            load.run(CALLS);

            System.out.printf(
                    "%d calls: half within %.0f ms, 95 of 100 within %.0f ms; %d were tried again, %d failed,"
                            + " breakers opened: %d%n",
                    CALLS, load.millis(0.5), load.millis(0.95), load.again.get(), load.failed.get(), invokers.opened());
            assertThat(load.failed.get()).isZero();
            assertThat(invokers.opened()).isZero();
        }
    }

    /** Beside another worker, which has no such server: in short turns, so that both meet whatever else the machine does. */
    @Test
    void serverNearBy_isNotHarmedByOneFarAwayThatHangs() {
        ToolstreamSettings hybrid = settings("hybrid");
        try (ScriptedToolServer near = ScriptedToolServer.start();
                ScriptedToolServer far = ScriptedToolServer.start();
                RealInvokers undisturbed = new RealInvokers()) {
            near.script("echo", Behaviour.delayed(Duration.ofMillis(10)));
            far.script("echo", Behaviour.never());
            Tool echo = tool("near", hybrid.mcp());
            Load without = new Load(undisturbed.open(entry("near", near), hybrid.mcp()), echo);
            Load meanwhile = new Load(invokers.open(entry("near", near), hybrid.mcp()), echo);
            without.warmUp();
            meanwhile.warmUp();
            Invoker away = invokers.open(entry("far", far), hybrid.remoteMcp());
            for (int i = 0; i < 10 * IN_FLIGHT; i++) {
                var unused = RealInvokers.call(away, tool("far", hybrid.remoteMcp()));
            }
            for (int turn = 0; turn < TURNS; turn++) {
                without.run(CALLS / TURNS);
                meanwhile.run(CALLS / TURNS);
            }

            System.out.printf(
                    "near: 95 of 100 within %.1f ms, and %.1f ms while 200 calls wait for one far away%n",
                    without.millis(0.95), meanwhile.millis(0.95));
            assertThat(meanwhile.failed.get()).isZero();
            assertThat(meanwhile.millis(0.5)).isLessThan(3 * without.millis(0.5));
        }
    }

    private static Function<ReceivedCall, Behaviour> farAway(Random random) {
        return call -> {
            synchronized (random) { // so that the same seed loses the same number, whoever asks between
                Behaviour late = Behaviour.delayed(Duration.ofMillis(100 + random.nextInt(101)));
                return random.nextInt(100) == 0 ? late.with(Delivery.resetAt(0)) : late;
            }
        };
    }

    private static ToolstreamSettings settings(String profile) {
        return SettingsLoader.load(SettingsSources.of("profile=" + profile)).settings();
    }

    private static ServerEntry entry(String name, ScriptedToolServer server) {
        return new ServerEntry.Http(name, server.url(), Map.of());
    }

    private static Tool tool(String server, McpSettings settings) {
        Tool echo = ToolFixtures.tool(server, "echo", Effect.READ);
        ToolPolicy policy = ToolPolicy.DEFAULT;
        return new Tool(
                server,
                "echo",
                Effect.READ,
                echo.digest(),
                echo.arguments(),
                new ToolPolicy(policy.timeout(), settings.retries(), policy.cache(), policy.invalidates()));
    }

    /** A closed loop. */
    private static final class Load {
        private final Invoker invoker;
        private final Tool tool;
        private final AtomicInteger left = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger again = new AtomicInteger();
        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

        Load(Invoker invoker, Tool tool) {
            this.invoker = invoker;
            this.tool = tool;
        }

        void warmUp() {
            run(CALLS);
            nanos.clear();
        }

        void run(int calls) {
            left.set(calls);
            List<CompletableFuture<Void>> lanes = new ArrayList<>();
            for (int i = 0; i < IN_FLIGHT; i++) {
                lanes.add(next());
            }
            CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new)).join();
        }

        private CompletableFuture<Void> next() {
            if (left.getAndDecrement() <= 0) {
                return CompletableFuture.completedFuture(null);
            }
            long begunNanos = System.nanoTime();
            return RealInvokers.call(invoker, tool).thenCompose(outcome -> {
                nanos.add(System.nanoTime() - begunNanos);
                failed.addAndGet(outcome instanceof Outcome.Answered ? 0 : 1);
                again.addAndGet(outcome.attempts() > 1 ? 1 : 0);
                return next();
            });
        }

        double millis(double part) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.get((int) (sorted.size() * part)) / 1e6;
        }
    }
}
