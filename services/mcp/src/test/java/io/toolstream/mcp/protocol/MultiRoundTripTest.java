package io.toolstream.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.InputKind;
import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolResult.ResultType;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.ModernTools;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code input_required} of 2026-07-28: answered by a responder, or passed on to the caller. */
final class MultiRoundTripTest {
    private static final String QUESTION =
            "\"inputRequests\":{\"ök\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Sure?\"}}}";

    private @Nullable McpClient client;

    @AfterEach
    void close() {
        if (client != null) {
            client.close().join();
        }
    }

    private ToolServer open(RawServer raw, @Nullable InputResponder responder) {
        client = McpClient.create(McpClientSettings.DEFAULT, new ClientOffers(responder, false));
        return client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
    }

    private static String inputRequired(RawRequest request, String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":{\"resultType\":\"input_required\","
                + members + "}}";
    }

    /** Asks for input until it is there. */
    private static ModernTools asking(String members) {
        return new ModernTools((request, peer) -> peer.json(
                request.body().contains("\"inputResponses\"")
                        ? Http.result(request.id(), "done")
                        : inputRequired(request, members)));
    }

    @Test
    void call_withAResponder_isSentAgainWithItsAnswerAndTheState() {
        ModernTools stub = asking(QUESTION + ",\"requestState\":\"{\\\"a\\\": 1}\"");
        FixedResponder responder = FixedResponder.saying("{\"action\":\"accept\"}");
        try (RawServer raw = new RawServer(stub)) {
            ToolResult result = open(raw, responder).call(Calls.request("t")).join();

            assertThat(result.json().text()).isEqualTo(Http.content("done"));
            List<RawRequest> calls = stub.requests("tools/call");
            assertThat(calls).hasSize(2);
            assertThat(calls.get(1).id()).isNotEqualTo(calls.get(0).id());
            assertThat(calls.get(1).body())
                    .contains("\"inputResponses\":{\"ök\":{\"action\":\"accept\"}}")
                    .contains("\"requestState\":\"{\\\"a\\\": 1}\"")
                    .contains("\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}");
            assertThat(responder.asked()).singleElement().satisfies(question -> {
                assertThat(question.server()).isEqualTo("stub");
                assertThat(question.kind()).isEqualTo(InputKind.ELICITATION);
                assertThat(String.valueOf(
                                question.params() == null
                                        ? null
                                        : question.params().text()))
                        .isEqualTo("{\"message\":\"Sure?\"}");
            });
        }
    }

    @Test
    void call_withoutAResponder_givesTheQuestionToTheCaller() {
        ModernTools stub = asking(QUESTION);
        try (RawServer raw = new RawServer(stub)) {
            ToolResult result = open(raw, null).call(Calls.request("t")).join();

            assertThat(result.type()).isEqualTo(ResultType.INPUT_REQUIRED);
            assertThat(result.json().text()).contains(QUESTION);
            assertThat(stub.requests("tools/call").get(0).body())
                    .contains("\"io.modelcontextprotocol/clientCapabilities\":{},");
        }
    }

    @Test
    void questionOfAnotherKind_isGivenToTheCaller() {
        ModernTools stub = asking("\"inputRequests\":{\"a\":{\"method\":\"sampling/createMessage\",\"params\":{}}}");
        FixedResponder responder = FixedResponder.saying("{}");
        try (RawServer raw = new RawServer(stub)) {
            ToolResult result = open(raw, responder).call(Calls.request("t")).join();

            assertThat(result.type()).isEqualTo(ResultType.INPUT_REQUIRED);
            assertThat(responder.asked()).isEmpty();
        }
    }

    @Test
    void serverThatAsksForEver_isAskedBackOnlySoOften() {
        ModernTools stub = new ModernTools((request, peer) -> peer.json(inputRequired(request, QUESTION)));
        try (RawServer raw = new RawServer(stub)) {
            ToolResult result = open(raw, FixedResponder.saying("{}"))
                    .call(Calls.request("t"))
                    .join();

            assertThat(result.type()).isEqualTo(ResultType.INPUT_REQUIRED);
            assertThat(stub.requests("tools/call")).hasSize(CallInquiry.ROUNDS);
        }
    }

    @Test
    void stateWithoutQuestions_meansLater() {
        ModernTools stub = new ModernTools((request, peer) -> peer.json(
                request.body().contains("\"requestState\":\"2\"")
                        ? Http.result(request.id(), "done")
                        : inputRequired(
                                request,
                                "\"requestState\":\"" + (request.body().contains("requestState") ? 2 : 1) + "\"")));
        try (RawServer raw = new RawServer(stub)) {
            ToolResult result = open(raw, null).call(Calls.request("t")).join();

            assertThat(result.json().text()).isEqualTo(Http.content("done"));
            assertThat(stub.requests("tools/call"))
                    .hasSize(3)
                    .satisfies(calls -> assertThat(calls.get(1).body())
                            .contains("\"requestState\":\"1\"")
                            .doesNotContain("inputResponses"));
        }
    }

    @Test
    void responderThatNeverAnswers_endsWithTheCallsTime() {
        ModernTools stub = asking(QUESTION);
        try (RawServer raw = new RawServer(stub)) {
            McpException failure = Calls.failure(open(raw, new FixedResponder(new CompletableFuture<>()))
                    .call(Calls.request("t", Duration.ofMillis(200))));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void responderThatFails_failsTheCall() {
        ModernTools stub = asking(QUESTION);
        try (RawServer raw = new RawServer(stub)) {
            InputResponder failing =
                    new FixedResponder(CompletableFuture.failedFuture(new IllegalStateException("nobody at home")));
            McpException failure = Calls.failure(open(raw, failing).call(Calls.request("t")));

            assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(stub.requests("tools/call")).hasSize(1);
        }
    }

    @Test
    void close_whileTheResponderThinks_failsTheCall() {
        ModernTools stub = asking(QUESTION);
        FixedResponder responder = new FixedResponder(new CompletableFuture<>());
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw, responder);
            CompletableFuture<ToolResult> call = server.call(Calls.request("t"));
            await().until(() -> !responder.asked().isEmpty());

            server.close().join();

            assertThat(Calls.failure(call)).isNotNull();
        }
    }
}
