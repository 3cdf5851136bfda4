package io.toolstream.testkit;

import static io.toolstream.testkit.TestClient.INITIALIZE;
import static io.toolstream.testkit.TestClient.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.testkit.json.Json;
import io.toolstream.testkit.json.Json.JsonArray;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScriptedToolServerTest {
    private ScriptedToolServer server = ScriptedToolServer.start();
    private TestClient client = new TestClient(server.url());

    @AfterEach
    void close() {
        server.close();
    }

    private void restart(ServerOptions options) {
        server.close();
        server = ScriptedToolServer.start(options);
        client = new TestClient(server.url());
    }

    @Test
    void initialize_knownRevision_isAgreedTo() {
        Json result = result(client.post(INITIALIZE));

        assertThat(result.text("protocolVersion")).contains("2025-06-18");
        assertThat(server.count(Counted.INITIALIZE)).isOne();
    }

    @Test
    void initialize_unknownRevision_offersTheNewest() {
        Json result = result(client.post(INITIALIZE.replace("2025-06-18", "2026-07-28")));

        assertThat(result.text("protocolVersion")).contains("2025-11-25");
    }

    @Test
    void call_echo_answersTheArgumentsAsWritten() {
        String arguments = "{\"b\" : 1.50, \"a\":\"\\u00e9\"}";

        Json result = result(client.post(call(7, "echo", arguments)));

        assertThat(text(result)).isEqualTo(arguments);
        assertThat(result.member("structuredContent").orElseThrow().raw()).isEqualTo(arguments);
        assertThat(server.calls()).singleElement().satisfies(received -> {
            assertThat(received.id()).isEqualTo("7");
            assertThat(received.arguments()).isEqualTo(arguments);
            assertThat(received.headers()).containsEntry("content-type", "application/json");
        });
    }

    @Test
    void call_add_addsExactly() {
        assertThat(text(result(client.post(call(1, "add", "{\"a\":0.1,\"b\":0.2}")))))
                .isEqualTo("0.3");
    }

    @Test
    void call_fail_isAToolError() {
        assertThat(result(client.post(call(1, "fail", "{}"))).member("isError").map(Json::raw))
                .contains("true");
    }

    @Test
    void call_big_answersThatManyBytes() {
        assertThat(text(result(client.post(call(1, "big", "{\"bytes\":3000000}")))))
                .hasSize(3_000_000);
    }

    @Test
    void call_unknownTool_isAnInvalidParamsError() {
        assertThat(error(client.post(call(1, "nope", "{}"))).number("code")).contains(-32602L);
    }

    @Test
    void call_scriptedInOrder_keepsTheLast() {
        server.script(
                "echo",
                Behaviour.answering(Answer.failure(-32603, "boom")),
                Behaviour.answering(Answer.toolError("no")),
                Behaviour.normal());

        assertThat(error(client.post(call(1, "echo", "{}"))).number("code")).contains(-32603L);
        assertThat(client.post(call(2, "echo", "{}")).body()).contains("\"isError\":true");
        assertThat(text(result(client.post(call(3, "echo", "{}"))))).isEqualTo("{}");
        assertThat(text(result(client.post(call(4, "echo", "{}"))))).isEqualTo("{}");
    }

    @Test
    void call_scriptedPerCall_decidesByTheCall() {
        server.script(
                "echo",
                received -> received.arguments().contains("bad")
                        ? Behaviour.answering(Answer.toolError("bad"))
                        : Behaviour.normal());

        assertThat(client.post(call(1, "echo", "{\"x\":\"bad\"}")).body()).contains("isError");
        assertThat(client.post(call(2, "echo", "{}")).body()).doesNotContain("isError");
    }

    @Test
    void call_scriptedStatus_answersItWithItsHeaders() {
        server.script("echo", Behaviour.framed(Framing.status(429, Map.of("Retry-After", "3"), "slow down")));

        HttpResponse<String> response = client.post(call(1, "echo", "{}"));

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("3");
        assertThat(response.body()).isEqualTo("slow down");
    }

    @Test
    void call_wrongId_answersUnderAnother() {
        server.script("echo", Behaviour.normal().with(IdEcho.WRONG));

        assertThat(Json.parse(client.post(call(1, "echo", "{}")).body()).text("id"))
                .contains("nobody-asked");
    }

    @Test
    void call_twice_sendsTwoWholeResponses() throws IOException {
        server.script("echo", Behaviour.normal().with(IdEcho.TWICE));

        String raw = new String(client.raw(call(1, "echo", "{}")), UTF_8);

        assertThat(raw.split("HTTP/1.1 200", -1)).hasSize(3);
    }

    @Test
    void call_closedAtAByte_sendsExactlyTheBytesBefore() throws IOException {
        byte[] whole = client.raw(call(1, "echo", "{}"));
        for (int bytes : new int[] {0, 1, 17, whole.length - 1}) {
            server.script("echo", Behaviour.delivered(Delivery.closeAt(bytes)));

            assertThat(client.raw(call(1, "echo", "{}"))).hasSize(bytes);
        }
    }

    @Test
    void call_closedAfterTheHead_sendsNoBody() throws IOException {
        server.script("echo", Behaviour.delivered(Delivery.closeAfterHead()));

        assertThat(new String(client.raw(call(1, "echo", "{}")), UTF_8))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n");
    }

    @Test
    void call_reset_isAnErrorOfTheSocket() {
        server.script("echo", Behaviour.delivered(Delivery.resetAt(5)));

        assertThatThrownBy(() -> client.raw(call(1, "echo", "{}")))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void call_garbage_sendsIt() throws IOException {
        server.script("echo", Behaviour.delivered(Delivery.garbage(new byte[] {0, 1, 2, 3})));

        assertThat(client.raw(call(1, "echo", "{}"))).containsExactly(0, 1, 2, 3);
    }

    @Test
    void call_dripped_arrivesWholeButSlowly() {
        server.script("echo", Behaviour.delivered(Delivery.drip(20, Duration.ofMillis(10))));
        long startNanos = System.nanoTime();

        assertThat(text(result(client.post(call(1, "echo", "{}"))))).isEqualTo("{}");

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThan(Duration.ofMillis(80));
    }

    @Test
    void call_asEventStream_bringsCommentsIdsProgressPingsAndTheAnswer() {
        restart(ServerOptions.defaults()
                .withFraming(Framing.events()
                        .withComments(1)
                        .withIds()
                        .withProgress(2)
                        .withPings(1)));
        String withToken =
                call(1, "echo", "{}").replace("\"params\":{", "\"params\":{\"_meta\":{\"progressToken\":5},");

        HttpResponse<String> response = client.post(withToken);

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        List<String> lines = response.body().lines().toList();
        assertThat(lines.get(0)).startsWith(":");
        assertThat(lines).containsSubsequence("id: s1-0", "retry: 20", "data: ");
        assertThat(response.body()).contains("\"progressToken\":5,\"progress\":2", "\"method\":\"ping\"");
        assertThat(lines.get(lines.size() - 2)).startsWith("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\"");
    }

    @Test
    void call_overlapping_countsTheMost() {
        List<CompletableFuture<?>> calls = new ArrayList<>();
        server.script("echo", Behaviour.never());
        for (int i = 0; i < 5; i++) {
            calls.add(client.postAsync(call(i, "echo", "{}")));
        }

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(server.count(Counted.MAX_OVERLAP)).isEqualTo(5));

        assertThat(calls).noneMatch(CompletableFuture::isDone);
        assertThat(server.count(Counted.CALL)).isEqualTo(5);
        assertThat(server.count(Counted.SOCKETS)).isEqualTo(5);
    }

    @Test
    void cancelled_whileRunning_endsTheCallWithoutAnswer() {
        CompletableFuture<?> call = client.postAsync(call(3, "sleep", "{\"ms\":60000}"));
        Awaitility.await().until(() -> server.count(Counted.CALL) == 1);

        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}");

        Awaitility.await().until(call::isCompletedExceptionally);
        assertThat(server.count(Counted.CANCELLED)).isOne();
    }

    @Test
    void sessions_openedUsedExpiredDeleted() {
        restart(ServerOptions.defaults().withSessions());

        String session = session();
        assertThat(client.post(call(1, "echo", "{}")).statusCode()).isEqualTo(400);
        assertThat(client.post(call(1, "echo", "{}"), "Mcp-Session-Id", "other").statusCode())
                .isEqualTo(404);
        assertThat(client.post(call(1, "echo", "{}"), "Mcp-Session-Id", session).statusCode())
                .isEqualTo(200);

        server.expireSessions();
        assertThat(client.post(call(1, "echo", "{}"), "Mcp-Session-Id", session).statusCode())
                .isEqualTo(404);

        HttpRequest.Builder delete = HttpRequest.newBuilder().DELETE().header("Mcp-Session-Id", session());
        assertThat(client.send(delete).statusCode()).isEqualTo(200);
        assertThat(server.count(Counted.SESSIONS)).isEqualTo(2);
        assertThat(server.count(Counted.SESSIONS_DELETED)).isOne();
    }

    @Test
    void list_paged_bringsEveryToolOnce() {
        restart(ServerOptions.defaults().withPageSize(4));
        server.add(ScriptedTool.of("extra", "{\"type\":\"object\"}", (arguments, wanted) -> Answer.text("x")));
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            Json page = result(client.post(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{" + cursor + "}}"));
            ((JsonArray) page.member("tools").orElseThrow())
                    .items()
                    .forEach(tool -> names.add(tool.text("name").orElseThrow()));
            cursor = page.text("nextCursor")
                    .map(next -> "\"cursor\":" + Json.quote(next))
                    .orElse("");
        } while (!cursor.isEmpty());

        assertThat(names).containsExactly("echo", "add", "fail", "sleep", "big", "env", "extra");
        assertThat(server.count(Counted.LIST)).isEqualTo(2);
    }

    @Test
    void list_unknownCursor_isAnError() {
        assertThat(error(
                                client.post(
                                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}}"))
                        .number("code"))
                .contains(-32602L);
    }

    @Test
    void post_withoutBothMediaTypes_is406() {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE));

        assertThat(client.send(request).statusCode()).isEqualTo(406);
    }

    @Test
    void post_notJson_is400() {
        assertThat(error(client.post("{nope")).number("code")).contains(-32700L);
        assertThat(error(client.post("[]")).number("code")).contains(-32600L);
    }

    @Test
    void post_unknownVersionHeader_is400() {
        assertThat(client.post(call(1, "echo", "{}"), "MCP-Protocol-Version", "2026-07-28")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void get_isNotOffered() {
        assertThat(client.send(HttpRequest.newBuilder().GET()).statusCode()).isEqualTo(405);
    }

    @Test
    void scriptMethod_initialize_failsAsTold() {
        server.scriptMethod("initialize", Behaviour.framed(Framing.status(503)), Behaviour.normal());

        assertThat(client.post(INITIALIZE).statusCode()).isEqualTo(503);
        assertThat(client.post(INITIALIZE).statusCode()).isEqualTo(200);
    }

    @Test
    void journal_notesRunsThatEndedAndRunsThatDidNot(@TempDir Path directory) {
        Path file = directory.resolve("journal");
        restart(ServerOptions.defaults().withJournal(file));
        client.post(call(1, "echo", "{\"a\":1}")
                .replace("\"params\":{", "\"params\":{\"_meta\":{\"x/idempotency-key\":\"k\"},"));
        CompletableFuture<?> hanging = client.postAsync(call(2, "sleep", "{\"ms\":60000}"));
        Awaitility.await().until(() -> server.count(Counted.CALL) == 2);
        Awaitility.await().until(() -> ExecutionJournal.read(file).size() == 2);

        List<Execution> executions = ExecutionJournal.read(file);

        assertThat(hanging).isNotDone();
        assertThat(executions.get(0).key()).isEqualTo("k");
        assertThat(executions.get(0).endMillis()).isPresent();
        assertThat(executions.get(0).argumentsDigest()).isEqualTo(ExecutionJournal.digest("{\"a\":1}"));
        assertThat(executions.get(1).tool()).isEqualTo("sleep");
        assertThat(executions.get(1).endMillis()).isEmpty();
    }

    @Test
    void close_whileAnswering_endsConnectionsAndPort() {
        CompletableFuture<?> call = client.postAsync(call(3, "sleep", "{\"ms\":60000}"));
        Awaitility.await().until(() -> server.count(Counted.CALL) == 1);

        server.close();

        Awaitility.await().until(call::isCompletedExceptionally);
        Awaitility.await()
                .untilAsserted(() -> assertThat(server.openConnections()).isZero());
        assertThatThrownBy(() -> client.post(call(4, "echo", "{}")))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ConnectException.class);
    }

    private String session() {
        return client.post(INITIALIZE).headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private static Json result(HttpResponse<String> response) {
        return Json.parse(response.body()).member("result").orElseThrow();
    }

    private static Json error(HttpResponse<String> response) {
        return Json.parse(response.body()).member("error").orElseThrow();
    }

    private static String text(Json result) {
        JsonArray content = (JsonArray) result.member("content").orElseThrow();
        return content.items().get(0).text("text").orElseThrow();
    }
}
