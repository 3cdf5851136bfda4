package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.cli.WorkerProcess;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ReceivedCall;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A worker's process that is told to end while calls come: {@code kill PID}, a pod that is deleted, {@code docker stop}. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TerminationTest {
    private static final Duration TOOL_TIME = Duration.ofMillis(200);
    private static final Duration DRAIN_DELAY = Duration.ofSeconds(4);

    /** What the system makes of a process that ends at SIGTERM. */
    private static final int TERMINATED = 143;

    private final Pipeline pipeline;

    @TempDir
    private Path folder;

    TerminationTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void sigterm_underTraffic_isNotReadyFirst_worksOnForTheDelay_endsWhatItTook_andLosesNothing() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                WorkerProcess worker = start(tools)) {
            tools.script("echo", Behaviour.delayed(TOOL_TIME));
            worker.awaitReady();
            try (Caller caller = new Caller(pipeline);
                    Traffic traffic = Traffic.start(caller)) {
                Admin admin = new Admin(worker.adminPort());
                assertThat(admin.get("/readyz").statusCode()).isEqualTo(200);
                await().until(() -> caller.replyCount() > 20);

                long toldNanos = System.nanoTime();
                worker.terminate();
                await().pollInterval(Duration.ofMillis(10))
                        .until(() -> admin.get("/readyz").statusCode() == 503);
                String afterwards = traffic.next();
                await().until(() -> executed(tools).contains(afterwards));
                assertThat(admin.get("/readyz").body()).contains("[-]accepting failed: the process is stopping");
                assertThat(admin.get("/livez").statusCode()).isEqualTo(200);

                assertThat(worker.awaitEnd()).as(worker.log()).isEqualTo(TERMINATED);
                assertThat(Duration.ofNanos(System.nanoTime() - toldNanos)).isGreaterThan(DRAIN_DELAY);
                await().untilAsserted(() -> assertThat(caller.replies())
                        .extracting(reply -> reply.identity().id())
                        .as("what it had executed, it had answered")
                        .containsExactlyInAnyOrderElementsOf(executed(tools)));

                traffic.end();
                assertThat(traffic.sent()).as("calls that came too late").hasSizeGreaterThan(caller.replyCount());
                endedBySomebodyElse(caller, tools, traffic.sent());
            }
        }
    }

    private void endedBySomebodyElse(Caller caller, ScriptedToolServer tools, Collection<String> sent)
            throws Exception {
        tools.script("echo", Behaviour.normal()); // as many as have come meanwhile, at once
        Worker next = pipeline.worker("next", Pipeline.http("tools", tools));
        try (next) {
            await().atMost(Duration.ofSeconds(60)).until(() -> caller.replyCount() >= sent.size());
        }
        assertThat(caller.replies()).extracting(Reply::status).containsOnly(Status.OK);
        assertThat(caller.replies())
                .extracting(reply -> reply.identity().id())
                .as("one reply each")
                .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(tools.calls()).as("each executed once").hasSize(sent.size());
    }

    private WorkerProcess start(ScriptedToolServer tools) throws Exception {
        Path servers = Files.writeString(
                folder.resolve("mcp.json"), "{\"mcpServers\":{\"tools\":{\"url\":\"" + tools.url() + "\"}}}");
        return WorkerProcess.start(
                pipeline.cluster(),
                servers,
                folder.resolve("log"),
                "topics.prefix=" + pipeline.topics().prefix(),
                "topics.partitions=" + Pipeline.PARTITIONS,
                "worker.group=" + pipeline.group(),
                "worker.drainTimeout=60s",
                "admin.drainDelay=" + DRAIN_DELAY.toMillis() + "ms");
    }

    /** The ids of the calls, which each has as its argument. */
    private static Set<String> executed(ScriptedToolServer tools) {
        return tools.calls().stream()
                .map(ReceivedCall::arguments)
                .map(arguments -> arguments.replaceAll("\\D", ""))
                .collect(Collectors.toSet());
    }

    /** A call each few milliseconds. */
    private static final class Traffic implements AutoCloseable {
        private final Caller caller;
        private final Queue<String> sent = new ConcurrentLinkedQueue<>();
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

        private Traffic(Caller caller) {
            this.caller = caller;
        }

        static Traffic start(Caller caller) {
            Traffic traffic = new Traffic(caller);
            var unused = traffic.thread.scheduleWithFixedDelay(traffic::send, 0, 20, TimeUnit.MILLISECONDS);
            return traffic;
        }

        private void send() {
            String id = Integer.toString(sent.size());
            try {
                caller.send("{\"id\":\"" + id + "\",\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{\"text\":\""
                        + id + "\"}}");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            sent.add(id);
        }

        /** The id of a call that will be sent from now on, unless this ends. */
        String next() {
            return Integer.toString(sent.size() + 1);
        }

        Collection<String> sent() {
            return sent;
        }

        /** From then on nothing is sent any more. */
        void end() throws InterruptedException {
            thread.shutdown();
            assertThat(thread.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
