package io.toolstream.mcp;

import static io.toolstream.testkit.Delivery.closeAfterPieces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolResult.ResultType;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.Framing;
import io.toolstream.testkit.IdEcho;
import io.toolstream.testkit.ReceivedCall;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripted server misbehaves in its protocol; what the client makes of it. */
final class MisbehavingServerTest extends MisbehavingServer {
    @Test
    void m1_sessionThatIsForgotten_isMadeAgainOnce() {
        ToolServer server = open(ServerOptions.defaults().withSessions());
        assertAnswered(server);

        scripted.expireSessions();

        assertAnswered(server);
        assertThat(scripted.count(Counted.SESSIONS)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-18", MODERN})
    void m2_unknownMethodWith404_isAnAnswer(String version) {
        ToolServer server = open(ServerOptions.defaults().withSessions().withProtocolVersion(version));
        String body = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32601,\"message\":\"no such method\"}}";

        McpException failure = failure(server, Behaviour.framed(Framing.status(404, JSON, body)));

        assertThat(failure.rpcCode()).isEqualTo(-32601);
        assertThat(scripted.count(Counted.CALL)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", MODERN})
    void m3_versionOfTheServer_isFoundOutWithoutSideEffects(String version) {
        ToolServer server = open(ServerOptions.defaults().withProtocolVersion(version));

        assertAnswered(server);

        assertThat(server.protocolVersion()).isEqualTo(version);
        assertThat(scripted.count(Counted.INITIALIZE)).isEqualTo(version.equals(MODERN) ? 0 : 1);
    }

    @Test
    void m4_streamThatIsCut_isTakenUpAgain_orFailsAtOnce() {
        ToolServer server = open();
        Behaviour cut = Behaviour.delivered(closeAfterPieces(2));

        scripted.script("echo", cut.with(Framing.events().withIds()));
        assertAnswered(server);
        assertThat(scripted.count(Counted.RESUMED)).isEqualTo(1);

        McpException failure = failure(server, cut.with(Framing.events().withComments(1)));
        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void m5_cancel_reachesTheServerInItsErasWay() {
        cancelOne(open());
        await().untilAsserted(
                        () -> assertThat(scripted.count(Counted.CANCELLED)).isEqualTo(1));

        cancelOne(modern());
        await().untilAsserted(
                        () -> assertThat(scripted.count(Counted.ABANDONED)).isEqualTo(1));
        assertThat(scripted.count(Counted.CANCELLED)).isZero();
    }

    private void cancelOne(ToolServer server) {
        scripted.script("echo", Behaviour.never());
        CompletableFuture<ToolResult> call = server.call(Calls.request("echo"));
        await().until(() -> scripted.count(Counted.CALL) == 1);
        call.cancel(true);
    }

    @Test
    void m6_callThatIsNeverAnswered_timesOutAndTheServerIsTold() {
        ToolServer server = open();
        server.probe().join();
        scripted.script("echo", Behaviour.never());

        McpException failure = Calls.failure(server.call(Calls.request("echo", Duration.ofMillis(600))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        await().untilAsserted(
                        () -> assertThat(scripted.count(Counted.CANCELLED)).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG", "TEXT"})
    void m8_answerToAnotherId_isNotTheAnswer(IdEcho echo) {
        McpException failure = failure(open(), Behaviour.normal().with(echo));

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void m8_answerThatComesTwice_harmsNobody() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.normal().with(IdEcho.TWICE).with(Framing.events()));

        for (int i = 0; i < 20; i++) {
            assertAnswered(server);
        }
    }

    /** HTTP/1.1 has no way to tell it from the next one's, but for the id. */
    @Test
    void m8_responseThatComesTwice_isNeverTakenForAnother() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.normal().with(IdEcho.TWICE));

        for (int i = 0; i < 50; i++) {
            String text = "t" + i + "!";
            ToolResult result = server.call(new ToolRequest(
                            "echo",
                            JsonSlice.ofText("{\"text\":\"" + text + "\"}"),
                            RequestMeta.NONE,
                            Duration.ofSeconds(10),
                            null))
                    .exceptionally(failure -> null)
                    .join();
            assertThat(result == null || result.json().text().contains(text)).isTrue();
        }
    }

    @Test
    void m9_answersInAnotherOrder_areMatched() {
        ToolServer server = open();
        AtomicInteger turn = new AtomicInteger();
        scripted.script("echo", call -> Behaviour.delayed(Duration.ofMillis(200 - 20 * turn.getAndIncrement())));

        List<CompletableFuture<ToolResult>> all = Stream.iterate(0, i -> i + 1)
                .limit(10)
                .map(i -> server.call(new ToolRequest(
                        "echo",
                        JsonSlice.ofText("{\"text\":\"t" + i + "!\"}"),
                        RequestMeta.NONE,
                        Duration.ofSeconds(10),
                        null)))
                .toList();

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).join().json().text()).contains("t" + i + "!");
        }
    }

    @Test
    void m10_ids_areNeverUsedTwice() {
        ToolServer server = open();

        for (int i = 0; i < 50; i++) {
            assertAnswered(server);
        }

        assertThat(scripted.calls())
                .extracting(ReceivedCall::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[1-9][0-9]{0,15}"));
    }

    @Test
    void m11_requestsOfTheServer_areAnswered() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.preceded(PING, SAMPLING));

        assertAnswered(server);

        await().untilAsserted(() -> assertThat(scripted.clientAnswers())
                .anySatisfy(answer -> assertThat(answer).contains("\"s-1\"").contains("\"result\":{}"))
                .anySatisfy(answer -> assertThat(answer).contains("\"s-2\"").contains("-32601")));
    }

    @Test
    void m12_inTheModernEra_requestsAreIgnored_inputIsAskedBack_otherTypesAreABreach() {
        ToolServer server = modern();

        scripted.script("echo", Behaviour.preceded(PING));
        assertAnswered(server);
        assertThat(scripted.clientAnswers()).isEmpty();

        String question = "{\"name\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Who?\"}}}";
        scripted.script("echo", Behaviour.answering(Answer.inputRequired(question, "s")));
        assertThat(server.call(Calls.request("echo")).join().type()).isEqualTo(ResultType.INPUT_REQUIRED);

        McpException failure =
                failure(server, Behaviour.answering(Answer.result("{\"resultType\":\"never-heard-of\"}")));
        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void m35_headersAndBody_sayTheSame_andARefusalIsNoLoop() {
        ToolServer server = modern();
        scripted.add(ScriptedTool.of("größe", "{\"type\":\"object\"}", (json, wanted) -> Answer.text("measured")));
        assertThat(Calls.call(server, "größe")).contains("measured");

        String body = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32020,\"message\":\"mismatch\"}}";
        McpException failure = failure(server, Behaviour.framed(Framing.status(400, JSON, body)));

        assertThat(failure.rpcCode()).isEqualTo(-32020);
        assertThat(scripted.calls().stream().filter(call -> call.tool().equals("echo")))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void m36_standingStream_isOpenedOnceForWhoListens_andClosed() {
        ToolServer server = open(ServerOptions.defaults().withSessions());
        scripted.offerStreams();
        assertAnswered(server);
        assertThat(scripted.count(Counted.STREAMS)).isZero();

        assertHeardOfChanges(server);
    }

    @Test
    void m36_subscription_isOpenedOnceForWhoListens_andClosed() {
        ToolServer server = modern();
        assertAnswered(server);

        assertHeardOfChanges(server);
    }

    private void assertHeardOfChanges(ToolServer server) {
        AtomicInteger stale = new AtomicInteger();
        server.watch(new CatalogueListener() {
            @Override
            public void onStale() {
                stale.incrementAndGet();
            }
        });
        await().until(() -> scripted.openStreams() == 1);
        scripted.announce("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");

        await().untilAsserted(() -> assertThat(stale).hasPositiveValue());
        server.close().join();
        await().untilAsserted(() -> assertThat(scripted.openStreams()).isZero());
        assertThat(scripted.count(Counted.STREAMS)).isEqualTo(1);
    }

    @Test
    void m42_serverThatIsUpgradedAndRolledBack_isFoundOutAgain() {
        ToolServer server = open();
        assertAnswered(server);

        scripted.speak(MODERN);
        assertAnswered(server);
        assertThat(server.protocolVersion()).isEqualTo(MODERN);

        scripted.speak("2025-06-18");
        assertAnswered(server);
        assertThat(server.protocolVersion()).isEqualTo("2025-06-18");
    }
}
