package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.settings.Effect;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.fixture.GrantedTime;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.EndpointReport;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes until calls of a failing server are refused at once, and until they are let through again, in real time:
 * five calls a second while it fails, none while it comes back. How long other programs keep this one waiting does not count.
 * One worker under the profile {@code hybrid} has servers near by and, as if they were far away, the same once more. The long
 * form, of thirty servers of each kind (five, where they are children): {@code -Dtoolstream.detection.servers=30}.
 */
final class DetectionTest {
    private static final int SERVERS = Integer.getInteger("toolstream.detection.servers", 1);
    private static final int CHILDREN = Math.min(SERVERS, 5);
    private static final Duration DETECTION = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final String FAR = "far-";
    private static final ToolstreamSettings HYBRID =
            SettingsLoader.load(SettingsSources.of("profile=hybrid")).settings();

    @TempDir
    Path directory;

    private final GrantedTime time = new GrantedTime();
    private final RealInvokers invokers = new RealInvokers();
    private final List<FailingServers> servers = new ArrayList<>();
    private final List<Scene> scenes = new ArrayList<>();

    @AfterEach
    void stop() {
        invokers.close();
        time.close();
        servers.forEach(FailingServers::close);
    }

    @Test
    void failingServers_areFoundOutWithinFiveSeconds_andFoundWellWithinTen() throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            nearAndFar(FailingServers.refused(), FailingServers.refused());
            nearAndFar(FailingServers.reset(), FailingServers.reset());
            nearAndFar(FailingServers.broken(), FailingServers.broken());
            nearAndFar(FailingServers.hung(), FailingServers.hung());
        }
        for (int i = 0; i < CHILDREN; i++) {
            near(FailingServers.exited(Files.createDirectory(directory.resolve("child-" + i))));
        }
        await().atMost(Duration.ofSeconds(60 + SERVERS))
                .until(() -> scenes.stream().allMatch(Scene::isWell));

        scenes.forEach(Scene::fail);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    scenes.forEach(Scene::healOnceFound);
                    assertThat(scenes)
                            .allSatisfy(scene ->
                                    assertThat(scene.well).as(scene.toString()).isPositive());
                });

        byKind().forEach(DetectionTest::print);
        assertThat(scenes).allSatisfy(scene -> {
            assertThat(Duration.ofNanos(scene.found)).as(scene.name()).isLessThan(DETECTION);
            assertThat(Duration.ofNanos(scene.well)).as(scene.name()).isLessThan(RECOVERY);
        });
    }

    private void nearAndFar(FailingServers near, FailingServers far) {
        near(near);
        servers.add(far);
        scenes.add(new Scene(far, FAR + far.entry().name(), HYBRID.remoteMcp()));
    }

    private void near(FailingServers server) {
        servers.add(server);
        scenes.add(new Scene(server, server.entry().name(), HYBRID.mcp()));
    }

    private Map<String, List<Scene>> byKind() {
        return scenes.stream().collect(Collectors.groupingBy(scene -> scene.kind, TreeMap::new, Collectors.toList()));
    }

    private static void print(String kind, List<Scene> some) {
        System.out.printf(
                "%-12s %d of them: found out after %s, let through again after %s (%d attempts reached them)%n",
                kind,
                some.size(),
                seconds(some, scene -> scene.found),
                seconds(some, scene -> scene.well),
                some.stream().mapToInt(scene -> scene.attempts.get()).sum());
    }

    private static String seconds(List<Scene> some, ToLongFunction<Scene> nanos) {
        long[] sorted = some.stream().mapToLong(nanos).sorted().toArray();
        return String.format(
                "%.2f s (95 of 100: %.2f, all: %.2f)",
                sorted[sorted.length / 2] / 1e9,
                sorted[(int) Math.ceil(sorted.length * 0.95) - 1] / 1e9,
                sorted[sorted.length - 1] / 1e9);
    }

    /** One server, its calls, and when it was found out. */
    private final class Scene {
        private final FailingServers server;
        private final String kind;
        private final Invoker invoker;
        private final Tool tool;
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final ScheduledFuture<?> traffic;
        private volatile long failedNanos;
        private long healedNanos;
        private volatile long found;
        private long well;

        Scene(FailingServers server, String kind, McpSettings settings) {
            this.server = server;
            this.kind = kind;
            String name = kind + "-" + scenes.size();
            this.invoker = invokers.open(renamed(server.entry(), name), settings);
            this.tool = ToolFixtures.tool(name, "echo", Effect.READ);
            this.traffic = invokers.timer()
                    .scheduleAtFixedRate(
                            () -> invokers.callThreads().execute(this::call), 0, 200, TimeUnit.MILLISECONDS);
        }

        private ServerEntry renamed(ServerEntry entry, String name) {
            return entry instanceof ServerEntry.Stdio child
                    ? new ServerEntry.Stdio(name, child.command(), child.environment(), child.directory())
                    : new ServerEntry.Http(name, ((ServerEntry.Http) entry).url(), Map.of());
        }

        String name() {
            return tool.server();
        }

        boolean isWell() {
            return answered.get() > 5
                    && invokers.report(name()).health().state().equals("healthy");
        }

        void fail() {
            failedNanos = time.nanos();
            server.fail();
        }

        /** Without traffic from then on. */
        void healOnceFound() {
            if (found > 0 && healedNanos == 0) {
                traffic.cancel(false);
                healedNanos = time.nanos();
                server.heal();
            } else if (healedNanos != 0
                    && well == 0
                    && isLetThrough(invokers.report(name()).breaker())) {
                well = Math.max(1, time.since(healedNanos).toNanos());
            }
        }

        /** Far away a breaker asks for three answers before it closes; calls pass with the first. */
        private boolean isLetThrough(EndpointReport.Condition breaker) {
            return breaker.state().equals("closed")
                    || (kind.startsWith(FAR) && !breaker.state().equals("open"));
        }

        @Override
        public String toString() {
            return invokers.report(name()) + ", " + answered + " answered, " + attempts + " failed";
        }

        private void call() {
            var unused = RealInvokers.call(invoker, tool).thenAccept(this::ended);
        }

        private void ended(Outcome outcome) {
            if (outcome instanceof Outcome.Answered) {
                answered.incrementAndGet();
            } else if (((Outcome.Failed) outcome).failure().code() != ErrorCode.BREAKER_OPEN) {
                attempts.incrementAndGet();
            } else if (found == 0 && failedNanos != 0) {
                found = Math.max(1, time.since(failedNanos).toNanos());
            }
        }
    }
}
