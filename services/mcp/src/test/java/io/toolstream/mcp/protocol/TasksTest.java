package io.toolstream.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.TaskHandle;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.ModernTools;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tools that answer with a task (extension {@code io.modelcontextprotocol/tasks}). */
final class TasksTest {
    private final McpClient client = McpClient.create(
            McpClientSettings.DEFAULT, new ClientOffers(FixedResponder.saying("{\"action\":\"accept\"}"), true));
    private final AtomicInteger polls = new AtomicInteger();

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(RawServer raw) {
        return client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
    }

    private static String state(RawRequest request, String type, String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":{\"resultType\":\"" + type
                + "\",\"taskId\":\"tä-1\",\"pollIntervalMs\":60,\"ttlMs\":60000," + members + "}}";
    }

    private static final String WORKING = "\"status\":\"working\"";

    /** What {@code tasks/get} answers, one after the other; the last one for ever. */
    private ModernTools task(String... states) {
        return new ModernTools((request, peer) -> {
            switch (request.rpc()) {
                case "tools/call" -> peer.json(state(request, "task", WORKING));
                case "tasks/get" ->
                    peer.json(state(request, "complete", states[Math.min(states.length - 1, polls.getAndIncrement())]));
                default -> peer.json("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":{}}");
            }
        });
    }

    private static String completed(String text) {
        return "\"status\":\"completed\",\"result\":" + Http.content(text);
    }

    @Test
    void task_isPolledToItsResult() {
        ModernTools stub = task(WORKING, WORKING, completed("done"));
        List<TaskHandle> tasks = new CopyOnWriteArrayList<>();
        ToolRequest request = Calls.request("t").heardBy(new CallListener() {
            @Override
            public void onTask(TaskHandle task) {
                tasks.add(task);
            }
        });
        try (RawServer raw = new RawServer(stub)) {
            long start = System.nanoTime();

            ToolResult result = open(raw).call(request).join();

            assertThat(result.json().text()).isEqualTo(Http.content("done"));
            assertThat(result.isError()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(180));
            assertThat(tasks)
                    .containsExactly(new TaskHandle("stub", "tä-1", Duration.ofMillis(60), Duration.ofSeconds(60)));
            assertThat(stub.requests("tasks/get")).hasSize(3).allSatisfy(poll -> {
                assertThat(poll.header("mcp-name")).isEqualTo("=?base64?dMOkLTE=?=");
                assertThat(poll.body()).contains("\"taskId\":\"tä-1\"");
            });
            assertThat(stub.requests("tools/call").get(0).body())
                    .contains("\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}");
        }
    }

    @Test
    void task_mayTakeLongerThanAnAnswer() {
        String[] states = new String[25];
        Arrays.fill(states, WORKING);
        states[24] = completed("done");
        ModernTools stub = task(states);
        Duration answer = Duration.ofSeconds(1);
        ToolRequest request = Calls.request("t").within(new ToolRequest.Times(answer, Duration.ofMinutes(1)));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);
            server.probe().join();
            long start = System.nanoTime();

            ToolResult result = server.call(request).join();

            assertThat(result.json().text()).isEqualTo(Http.content("done"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(answer);
        }
    }

    @Test
    void answer_isNotAwaitedAsLongAsATask() {
        ModernTools stub = new ModernTools((request, peer) -> {});
        ToolRequest request =
                Calls.request("t").within(new ToolRequest.Times(Duration.ofMillis(200), Duration.ofMinutes(1)));
        try (RawServer raw = new RawServer(stub)) {
            McpException failure = Calls.failure(open(raw).call(request));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void resume_goesOnFromTheHandleAlone() {
        ModernTools stub = task(completed("done"));
        try (RawServer raw = new RawServer(stub)) {
            TaskHandle handle = new TaskHandle("stub", "tä-1", Duration.ofMillis(60), null);

            ToolResult result = open(raw)
                    .resume(handle, Duration.ofSeconds(30), CallListener.NONE)
                    .join();

            assertThat(result.json().text()).isEqualTo(Http.content("done"));
            assertThat(stub.requests("tools/call")).isEmpty();
        }
    }

    @Test
    void failedTask_isAFailureWithTheServersCode() {
        ModernTools stub = task("\"status\":\"failed\",\"error\":{\"code\":-32603,\"message\":\"broken\"}");
        try (RawServer raw = new RawServer(stub)) {
            McpException failure = Calls.failure(open(raw).call(Calls.request("t")));

            assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
            assertThat(failure.delivery()).isEqualTo(Delivery.ANSWERED);
            assertThat(failure.rpcCode()).isEqualTo(-32603);
            assertThat(failure).hasMessageContaining("broken");
        }
    }

    @Test
    void toolErrorInATask_isAToolError() {
        ModernTools stub = task("\"status\":\"completed\",\"result\":{\"content\":[],\"isError\":true}");
        try (RawServer raw = new RawServer(stub)) {
            assertThat(open(raw).call(Calls.request("t")).join().isError()).isTrue();
        }
    }

    @Test
    void cancel_cancelsTheTask() {
        ModernTools stub = task(WORKING);
        try (RawServer raw = new RawServer(stub)) {
            CompletableFuture<ToolResult> call = open(raw).call(Calls.request("t"));
            await().until(() -> polls.get() > 0);

            call.cancel(true);

            await().untilAsserted(
                            () -> assertThat(stub.requests("tasks/cancel")).hasSize(1));
            int polled = polls.get();
            open(raw).probe().join();
            assertThat(polls.get()).isLessThanOrEqualTo(polled + 1);
        }
    }

    @Test
    void timeout_cancelsTheTaskAndSaysThatItMayHaveRun() {
        ModernTools stub = task(WORKING);
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);
            server.probe().join();

            McpException failure = Calls.failure(server.call(Calls.request("t", Duration.ofSeconds(1))));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
            await().untilAsserted(
                            () -> assertThat(stub.requests("tasks/cancel")).hasSize(1));
        }
    }

    @Test
    void close_leavesTheTaskAlone() {
        ModernTools stub = task(WORKING);
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);
            CompletableFuture<ToolResult> call = server.call(Calls.request("t"));
            await().until(() -> polls.get() > 0);

            server.close().join();

            McpException failure = Calls.failure(call);
            assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
            assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
            assertThat(stub.requests("tasks/cancel")).isEmpty();
        }
    }

    @Test
    void poll_thatFailsOnTheWay_isRepeated() {
        AtomicInteger count = new AtomicInteger();
        ModernTools stub = new ModernTools((request, peer) -> {
            if (request.rpc().equals("tools/call")) {
                peer.json(state(request, "task", WORKING));
            } else if (count.getAndIncrement() == 0) {
                peer.close();
            } else if (count.get() == 2) {
                peer.write(Http.response(503, "text/plain", "", "busy"));
            } else {
                peer.json(state(request, "complete", completed("done")));
            }
        });
        try (RawServer raw = new RawServer(stub)) {
            ToolResult result = open(raw).call(Calls.request("t")).join();

            assertThat(result.json().text()).isEqualTo(Http.content("done"));
            assertThat(stub.requests("tasks/get")).hasSize(3);
        }
    }

    @Test
    void unknownTask_isAnAnswer() {
        ModernTools stub = new ModernTools(
                (request, peer) -> peer.json(Http.error(String.valueOf(request.id()), -32602, "no such task")));
        try (RawServer raw = new RawServer(stub)) {
            TaskHandle handle = new TaskHandle("stub", "gone", Duration.ofMillis(60), null);

            McpException failure = Calls.failure(open(raw).resume(handle, Duration.ofSeconds(30), CallListener.NONE));

            assertThat(failure.kind()).isEqualTo(Kind.INVALID_PARAMS);
        }
    }

    @Test
    void taskThatAsks_getsItsAnswerByUpdate() {
        ModernTools stub = task(
                "\"status\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"elicitation/create\",\"params\":{}}}",
                completed("done"));
        try (RawServer raw = new RawServer(stub)) {
            ToolResult result = open(raw).call(Calls.request("t")).join();

            assertThat(result.json().text()).isEqualTo(Http.content("done"));
            assertThat(stub.requests("tasks/update"))
                    .singleElement()
                    .satisfies(update -> assertThat(update.body())
                            .contains("\"taskId\":\"tä-1\",\"inputResponses\":{\"k\":{\"action\":\"accept\"}}"));
        }
    }
}
