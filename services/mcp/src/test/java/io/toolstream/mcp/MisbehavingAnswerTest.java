package io.toolstream.mcp;

import static io.toolstream.testkit.Delivery.drip;
import static io.toolstream.testkit.Delivery.endless;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClientSettings.TimeLimits;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.Framing;
import io.toolstream.testkit.ScriptedTool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripted server answers what is no answer, or in a strange way; what the client makes of it. */
final class MisbehavingAnswerTest extends MisbehavingServer {
    /** What is said here is said slowly, too, and no limit is waited for. */
    @Override
    TimeLimits times() {
        return TimeLimits.DEFAULT;
    }

    @Test
    void m22_resultOverTheLimit_isRefused() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.answering(Answer.text("x".repeat(2 << 20))));
        assertThat(Calls.failure(server.call(Calls.request("echo"))).kind()).isEqualTo(Kind.RESULT_TOO_LARGE);

        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8);
        scripted.script("echo", Behaviour.framed(Framing.events()).with((pieces, pause, wire) -> {
            wire.write(pieces.get(0));
            endless(0, chunk).send(List.of(), pause, wire);
        }));
        assertThat(Calls.failure(server.call(Calls.request("echo"))).kind()).isEqualTo(Kind.RESULT_TOO_LARGE);
    }

    static Stream<Answer> malformed() {
        return Stream.of(
                Answer.result("{\"content\":" + "[".repeat(300) + "]".repeat(300) + "}"),
                Answer.message("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"id\":$ID,\"result\":{\"content\":[]}}"),
                Answer.message("{\"jsonrpc\":\"2.0\",\"ID\":$ID,\"result\":{\"content\":[]}}"),
                Answer.message("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[]}"),
                Answer.message("{\"jsonrpc\":\"2.0\",\"id\":$ID}"),
                Answer.message("\u0000"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void m23_whatIsNoMessage_isABreach(Answer answer) {
        McpException failure = failure(open(), Behaviour.answering(answer));

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    static Stream<Arguments> wrongBodies() {
        return Stream.of(
                Arguments.of(Framing.body("text/html", message -> "<html>" + message), "text/html"),
                Arguments.of(Framing.body("application/json", message -> ""), "no content"),
                Arguments.of(Framing.status(202), "HTTP 202"),
                Arguments.of(Framing.status(204), "HTTP 204"));
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void m24_wrongMediaTypeOrNoBody_isABreach(Framing framing, String words) {
        McpException failure = failure(open(), Behaviour.framed(framing));

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining(words);
    }

    @Test
    void m33_toolsThatChange_andListsThatNeverEnd_areSeen() {
        ToolServer server = open();
        ToolCatalogue before = server.catalogue().join();
        scripted.remove("add");
        assertThat(CatalogueDrift.between(before, server.catalogue().join()).removed())
                .containsExactly("add");

        scripted.scriptMethod(
                "tools/list", Behaviour.answering(Answer.result("{\"tools\":[],\"nextCursor\":\"again\"}")));
        assertThat(server.catalogue().join().isComplete()).isFalse();
        assertThat(scripted.count(Counted.LIST)).isLessThan(10);
    }

    @Test
    void m34_invalidTool_isLeftOutWithTheReason() {
        ToolServer server = open();
        scripted.add(new ScriptedTool(
                "bad", "{\"name\":\"bad\",\"inputSchema\":\"none\"}", (json, wanted) -> Answer.never()));

        ToolCatalogue catalogue = server.catalogue().join();

        assertThat(catalogue.tools())
                .extracting(ToolDefinition::name)
                .contains("echo")
                .doesNotContain("bad");
        assertThat(catalogue.dropped())
                .singleElement()
                .satisfies(tool -> assertThat(tool.toString()).contains("bad"));
    }

    @Test
    void m37_noticesOfNothing_areCounted() {
        ToolServer server = open();
        String stray = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{"
                + "\"progressToken\":987654,\"progress\":1}}";
        scripted.script(
                "echo",
                Behaviour.preceded(Stream.generate(() -> stray).limit(100).toArray(String[]::new)));

        assertAnswered(server);

        assertThat(server.anomalies().strayNotices()).isEqualTo(100);
    }

    static Stream<Framing> events() {
        return Stream.of(
                Framing.body("text/event-stream", message -> "data: " + message.replace(",\"", ",\ndata: \"") + "\n\n"),
                Framing.body("text/event-stream", message -> "\uFEFF: c\r\rretry: -1\rdata:" + message + "\r\r"),
                Framing.body(
                        "text/event-stream",
                        message -> "event: other\r\ndata: x\r\n\r\nunknown: y\r\ndata: " + message + "\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void m38_eventsWrittenInAnyWay_areRead(Framing framing) {
        ToolServer server = open();
        scripted.script("echo", Behaviour.framed(framing));
        assertAnswered(server);

        scripted.script("echo", Behaviour.framed(framing).with(drip(1, Duration.ofNanos(10_000))));
        assertAnswered(server);
    }

    @Test
    void m39_errorOfATool_isAResult_errorOfTheProtocolAFailure() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.answering(Answer.toolError("no")));
        assertThat(server.call(Calls.request("echo")).join().isError()).isTrue();

        McpException failure = failure(server, Behaviour.answering(Answer.failure(-32603, "no")));
        assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(failure.delivery()).isEqualTo(Delivery.ANSWERED);
    }

    @Test
    void m40_resultThatBreaksItsSchema_isCountedOrAFailure() {
        String schema = "{\"type\":\"object\",\"required\":[\"sum\"]}";
        scripted.add(new ScriptedTool(
                "sum",
                "{\"name\":\"sum\",\"inputSchema\":{\"type\":\"object\"},\"outputSchema\":" + schema + "}",
                (json, wanted) -> Answer.structured("3", "{\"total\":3}")));
        boolean[] isStrict = {false};
        ResultCheck check = (name, tool, result) ->
                result.text().contains("\"sum\":") ? null : new ResultCheck.Finding(tool + " lacks /sum", isStrict[0]);
        McpClient checking = McpClient.create(McpClientSettings.DEFAULT, ClientOffers.NONE.withResults(check));
        ToolServer server = checking.open(new ServerSpec.Http("scripted", scripted.url(), Map.of()));

        assertThat(Calls.call(server, "sum")).contains("\"total\":3");
        assertThat(server.anomalies().badResults()).isEqualTo(1);

        isStrict[0] = true;
        McpException failure = Calls.failure(server.call(Calls.request("sum")));
        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.ANSWERED);
        assertThat(failure).hasMessageContaining("sum lacks /sum");
        // What failed has no structure to check.
        assertThat(server.call(Calls.request("fail")).join().isError()).isTrue();
        checking.close().join();
    }
}
