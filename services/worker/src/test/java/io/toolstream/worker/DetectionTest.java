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
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.EndpointReport;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.meter.CallMeters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes until calls of a failing server are refused at once, and until they are let through again, in real time:
 * five calls a second while it fails, none while it comes back. One worker under the profile {@code hybrid} has servers near
 * by and, as if they were far away, the same once more.
 */
final class DetectionTest {
    private static final Duration DETECTION = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final String FAR = "-far";
    private static final ToolstreamSettings HYBRID =
            SettingsLoader.load(SettingsSources.of("profile=hybrid")).settings();

    @TempDir
    Path directory;

    private final ScheduledExecutorService timer = Threads.timer();
    private final ExecutorService callThreads = Threads.callPool(2);
    private final Meters meters = new Meters();
    private final McpClients clients = new McpClients(LimitSettings.DEFAULT);
    private final Resilience resilience = Resilience.start(timer, callThreads, meters, change -> {});
    private final Invokers.Shared shared = new Invokers.Shared(
            CallMeters.of(meters),
            resilience,
            Limits.of(WorkerSettings.DEFAULT, meters, Clockwork.system(InstantSource.system(), timer, callThreads)),
            server -> {},
            Tracing.OFF,
            callThreads,
            InstantSource.system());

    @AfterEach
    void stop() {
        resilience.close();
        clients.close();
        timer.shutdownNow();
        callThreads.shutdownNow();
    }

    @Test
    void failingServers_areFoundOutWithinFiveSeconds_andFoundWellWithinTen() {
        try (FailingServers refused = FailingServers.refused();
                FailingServers reset = FailingServers.reset();
                FailingServers broken = FailingServers.broken();
                FailingServers hung = FailingServers.hung();
                FailingServers exited = FailingServers.exited(directory);
                FailingServers farRefused = FailingServers.refused();
                FailingServers farReset = FailingServers.reset();
                FailingServers farBroken = FailingServers.broken();
                FailingServers farHung = FailingServers.hung()) {
            List<Scene> scenes = Stream.concat(
                            Stream.of(refused, reset, broken, hung, exited)
                                    .map(server -> new Scene(server, server.entry(), HYBRID.mcp())),
                            Stream.of(farRefused, farReset, farBroken, farHung)
                                    .map(server -> new Scene(server, far(server.entry()), HYBRID.remoteMcp())))
                    .toList();
            await().atMost(Duration.ofSeconds(30)).until(() -> scenes.stream().allMatch(Scene::isWell));

            scenes.forEach(Scene::fail);
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(() -> {
                        scenes.forEach(Scene::healOnceFound);
                        assertThat(scenes)
                                .allSatisfy(scene -> assertThat(scene.well)
                                        .as(scene.toString())
                                        .isPositive());
                    });

            scenes.forEach(scene -> System.out.printf(
                    "%-12s found out after %.2f s, let through again after %.2f s (%d attempts reached it)%n",
                    scene.name(), scene.found / 1e9, scene.well / 1e9, scene.attempts.get()));
            assertThat(scenes).allSatisfy(scene -> {
                assertThat(Duration.ofNanos(scene.found)).as(scene.name()).isLessThan(DETECTION);
                assertThat(Duration.ofNanos(scene.well)).as(scene.name()).isLessThan(RECOVERY);
            });
        }
    }

    private static ServerEntry far(ServerEntry entry) {
        return new ServerEntry.Http(
                entry.name() + FAR, ((ServerEntry.Http) entry).urls().get(0), Map.of());
    }

    /** One server, its calls, and when it was found out. */
    private final class Scene {
        private final FailingServers server;
        private final Invoker invoker;
        private final Tool tool;
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final ScheduledFuture<?> traffic;
        private volatile long failedNanos;
        private long healedNanos;
        private volatile long found;
        private long well;

        Scene(FailingServers server, ServerEntry entry, McpSettings settings) {
            this.server = server;
            ServerSetup setup = new ServerSetup(entry, settings, ServerPolicy.DEFAULT, true);
            List<Endpoint> endpoints = clients.open(setup);
            this.invoker = Invokers.server(endpoints, shared);
            this.tool = ToolFixtures.tool(setup.name(), "echo", Effect.READ);
            this.traffic =
                    timer.scheduleAtFixedRate(() -> callThreads.execute(this::call), 0, 200, TimeUnit.MILLISECONDS);
        }

        String name() {
            return tool.server();
        }

        boolean isWell() {
            return answered.get() > 5 && report().health().state().equals("healthy");
        }

        void fail() {
            failedNanos = System.nanoTime();
            server.fail();
        }

        /** Without traffic from then on. */
        void healOnceFound() {
            if (found > 0 && healedNanos == 0) {
                traffic.cancel(false);
                healedNanos = System.nanoTime();
                server.heal();
            } else if (healedNanos != 0
                    && well == 0
                    && isLetThrough(report().breaker().state())) {
                well = System.nanoTime() - healedNanos;
            }
        }

        /** Far away a breaker asks for three answers before it closes; calls pass with the first. */
        private boolean isLetThrough(String breaker) {
            return breaker.equals("closed") || (name().endsWith(FAR) && !breaker.equals("open"));
        }

        private EndpointReport report() {
            return resilience.guards().reports().stream()
                    .filter(report -> report.endpoint().server().equals(name()))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return report() + ", " + answered + " answered, " + attempts + " failed";
        }

        private void call() {
            String value = "{\"server\":\"" + name() + "\",\"tool\":\"echo\",\"arguments\":{\"text\":\"hi\"}}";
            Origin origin = Records.origin();
            var unused = invoker.invoke(new Invocation(Records.call(value), tool, origin))
                    .handle(Outcome::of)
                    .thenAccept(this::ended);
        }

        private void ended(Outcome outcome) {
            if (outcome instanceof Outcome.Answered) {
                answered.incrementAndGet();
            } else if (((Outcome.Failed) outcome).failure().code() != ErrorCode.BREAKER_OPEN) {
                attempts.incrementAndGet();
            } else if (found == 0 && failedNanos != 0) {
                found = System.nanoTime() - failedNanos;
            }
        }
    }
}
