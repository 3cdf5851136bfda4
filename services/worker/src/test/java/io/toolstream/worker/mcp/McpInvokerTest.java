package io.toolstream.worker.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.TaskHandle;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolResult.ResultType;
import io.toolstream.settings.Effect;
import io.toolstream.settings.McpSettings;
import io.toolstream.wire.Call;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Progress;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.invoke.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class McpInvokerTest {
    private final ManualClock clock = new ManualClock();
    private final FakeToolServer server = new FakeToolServer("fs");
    private final List<String> stale = new ArrayList<>();
    private final Tool tool = ToolFixtures.tool("fs", "read", Effect.READ);
    private final McpInvoker invoker = new McpInvoker(ToolFixtures.endpoint(server), stale::add, Runnable::run, clock);

    @Test
    void invoke_passesBytesThroughUncopied() {
        Call call = Records.call("{\"server\":\"fs\",\"tool\":\"read\",\"arguments\":{\"n\": 1.10e2 }}");

        Answer answer = invoker.invoke(invocation(call)).join();

        JsonSlice sent = server.requests.get(0).arguments();
        assertThat(sent.array()).isSameAs(call.arguments().array());
        assertThat(sent.text()).isEqualTo("{\"n\": 1.10e2 }");
        assertThat(answer.status()).isEqualTo(Status.OK);
        assertThat(answer.result().text()).isEqualTo(FakeToolServer.RESULT);
        assertThat(answer.attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, COMPLETE, TOOL_ERROR", "false, INPUT_REQUIRED, INPUT_REQUIRED", "false, COMPLETE, OK"})
    void invoke_namesTheAnswer(boolean isError, ResultType type, Status expected) {
        server.onCall =
                request -> CompletableFuture.completedFuture(new ToolResult(JsonSlice.ofText("{}"), isError, type));

        assertThat(invoker.invoke(Records.invocation(tool)).join().status()).isEqualTo(expected);
    }

    @Test
    void invoke_cancelledBefore_asksNobody() {
        Invocation invocation = Records.invocation(tool).cancelledBy(CompletableFuture.completedFuture(null));

        assertThat(code(invoker.invoke(invocation))).isEqualTo(ErrorCode.CANCELLED);
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"READ, CANCELLED", "ONCE, OUTCOME_UNKNOWN"})
    void invoke_cancelledMeanwhile_cancelsTheRequest(Effect effect, ErrorCode expected) {
        CompletableFuture<ToolResult> running = new CompletableFuture<>();
        server.onCall = request -> running;
        CompletableFuture<Void> signal = new CompletableFuture<>();
        CompletableFuture<Answer> answer = invoker.invoke(
                Records.invocation(ToolFixtures.tool("fs", "read", effect)).cancelledBy(signal));

        signal.complete(null);

        assertThat(running).isCancelled();
        assertThat(code(answer)).isEqualTo(expected);
    }

    private static ErrorCode code(CompletableFuture<Answer> answer) {
        Outcome outcome = answer.handle(Outcome::of).join();
        return ((Outcome.Failed) outcome).failure().code();
    }

    @ParameterizedTest
    @CsvSource({"10000, 10000", "30000, 30000", "90000, 30000"})
    void invoke_attemptEndsWithTheDeadlineOrItsLimit(long timeoutMs, long expectedMillis) {
        Call call = Records.call("{\"server\":\"fs\",\"tool\":\"read\",\"timeoutMs\":" + timeoutMs + "}");

        invoker.invoke(invocation(call)).join();

        assertThat(server.requests.get(0).timeout()).isEqualTo(Duration.ofMillis(expectedMillis));
    }

    @Test
    void invoke_taskMayGoOnToTheDeadline() {
        Call call = Records.call("{\"server\":\"fs\",\"tool\":\"read\",\"timeoutMs\":90000}");

        invoker.invoke(invocation(call)).join();

        assertThat(server.requests.get(0).times())
                .isEqualTo(new ToolRequest.Times(Duration.ofSeconds(30), Duration.ofSeconds(90)));
    }

    @Test
    void invoke_whatTheToolSays_isHandedOn_whereSomebodyListens() {
        List<String> heard = new ArrayList<>();
        Invocation invocation = Records.invocation(tool);
        invocation.trail().heardBy(new Updates() {
            @Override
            public void progressed(Progress progress) {
                heard.add(progress.meta().text());
            }

            @Override
            public void becameTask() {
                heard.add("task");
            }
        });

        invoker.invoke(invocation).join();
        CallListener listener = server.requests.get(0).listener();
        listener.onTask(new TaskHandle("fs", "secret", Duration.ofSeconds(1), null));
        listener.onProgress(new io.toolstream.mcp.Progress(1, 2.5, "half \"done\""));

        assertThat(heard)
                .containsExactly(
                        "task", "{\"progress\":{\"progress\":1,\"total\":2.5,\"message\":\"half \\\"done\\\"\"}}");
    }

    @Test
    void invoke_nobodyListens_serverIsNotAskedToSayAnything() {
        invoker.invoke(Records.invocation(tool)).join();

        assertThat(server.requests.get(0).listener()).isSameAs(CallListener.NONE);
    }

    @Test
    void invoke_carriesTraceKeyAndResumption() {
        Call call = Records.call(
                "{\"server\":\"fs\",\"tool\":\"read\",\"idempotencyKey\":\"k\",\"inputResponses\":{\"a\":1},"
                        + "\"requestState\":\"s\"}",
                Records.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        invoker.invoke(invocation(call)).join();

        ToolRequest request = server.requests.get(0);
        assertThat(request.meta().traceparent()).startsWith("00-0af7");
        assertThat(request.meta().idempotencyKey()).isEqualTo("k");
        assertThat(request.resume())
                .isNotNull()
                .extracting(ToolRequest.Resume::requestState)
                .isEqualTo("s");
    }

    @Test
    void invoke_failure_isClassified() {
        server.fails(Kind.CONNECT, Delivery.NOT_SENT);

        assertThatThrownBy(() -> invoker.invoke(Records.invocation(tool)).join())
                .hasCauseInstanceOf(InvocationFailed.class)
                .hasMessageContaining(ErrorCode.CONNECT_FAILED.text());
        assertThat(stale).isEmpty();
    }

    @Test
    void invoke_invalidParams_asksForTheListAgain() {
        server.fails(Kind.INVALID_PARAMS, Delivery.ANSWERED);

        assertThatThrownBy(() -> invoker.invoke(Records.invocation(tool)).join())
                .hasMessageContaining(ErrorCode.INVALID_ARGUMENTS.text());
        assertThat(stale).containsExactly("fs");
    }

    @Test
    void invoke_onOneOfSeveralEndpoints_leavesItsNameInTheTrail() {
        Endpoint second = new Endpoint("fs", "fs#2", server, Endpoint.Place.ELSEWHERE, McpSettings.DEFAULT);
        Invocation invocation = Records.invocation(tool);
        assertThat(invoker.invoke(invocation)).isCompleted();
        assertThat(invocation.trail().replica()).isNull();

        new McpInvoker(second, stale::add, Runnable::run, clock)
                .invoke(invocation)
                .join();

        assertThat(invocation.trail().replica()).isEqualTo("fs#2");
    }

    @Test
    void invoke_answerOnAConnectionsThread_completesOnACallThread() {
        CompletableFuture<ToolResult> answered = new CompletableFuture<>();
        server.onCall = request -> answered;
        ExecutorService callThreads = Executors.newSingleThreadExecutor(task -> new Thread(task, "call-0"));
        try {
            McpInvoker hopping = new McpInvoker(ToolFixtures.endpoint(server), stale::add, callThreads, clock);
            CompletableFuture<String> thread = hopping.invoke(Records.invocation(tool))
                    .thenApply(answer -> Thread.currentThread().getName());

            answered.complete(FakeToolServer.result("{}"));

            assertThat(thread.join()).isEqualTo("call-0");
        } finally {
            callThreads.shutdown();
        }
    }

    private Invocation invocation(Call call) {
        return new Invocation(call, tool, Records.origin());
    }
}
