package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.it.cli.CommandRun;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ReceivedCall;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A tool that asks before it answers: what it asks reaches the caller, and the caller's answer the tool. */
@ExtendWith(SharedBroker.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ResendTest {
    private static final String QUESTION =
            "{\"name\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"who?\"}}}";
    private static final String ANSWER = "{\"name\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}";
    private static final String STATE = "step 1, \"quoted\"";

    private final ScriptedToolServer tools =
            ScriptedToolServer.start(ServerOptions.defaults().withProtocolVersion("2026-07-28"));
    private final Pipeline pipeline;
    private final Worker worker;

    ResendTest(TestCluster cluster) throws Exception {
        pipeline = Pipeline.fresh(cluster);
        tools.add(ScriptedTool.of("ask", "{\"type\":\"object\"}", (arguments, cancelled) -> Answer.text("scripted")));
        tools.script("ask", ResendTest::answer);
        worker = pipeline.worker("w1", Pipeline.http("tools", tools));
    }

    private static Behaviour answer(ReceivedCall call) {
        boolean isAnswered =
                call.requestState().equals(STATE) && call.inputResponses().equals(ANSWER);
        return Behaviour.answering(isAnswered ? Answer.text("hello Ada") : Answer.inputRequired(QUESTION, STATE));
    }

    @AfterAll
    void close() {
        worker.close();
        tools.close();
    }

    @Test
    void client_sendsTheCallAgainWithTheAnswer() throws Exception {
        try (ToolClient client =
                ToolClient.connect(ClientSettings.of(pipeline.cluster().connection(), pipeline.topics()))) {
            ToolCall call = ToolCall.of("tools", "ask").arguments("{\"n\":1}").idempotencyKey("once");
            Reply asked = client.call(call).get(60, TimeUnit.SECONDS);
            Reply answered = client.resend(asked, RawJson.ofText(ANSWER)).get(60, TimeUnit.SECONDS);

            assertThat(asked.status()).isEqualTo(Status.INPUT_REQUIRED);
            assertThat(Objects.requireNonNull(asked.result()).text()).contains("elicitation/create");
            assertThat(answered.status()).isEqualTo(Status.OK);
            assertThat(Objects.requireNonNull(answered.result()).text()).contains("hello Ada");
            assertThat(answered.identity().correlationId())
                    .isEqualTo(asked.identity().correlationId());
            assertThat(answered.identity().id()).isNotEqualTo(asked.identity().id());
            assertThat(tools.calls().get(tools.calls().size() - 1).arguments()).isEqualTo("{\"n\":1}");

            int ran = tools.calls().size();
            Reply twice = client.resend(call, asked, RawJson.ofText(ANSWER)).get(60, TimeUnit.SECONDS);
            assertThat(twice.result()).as("the same answer again").isEqualTo(answered.result());
            assertThat(tools.calls()).as("a tool that runs once").hasSize(ran);
        }
    }

    /** The tool server judges a state: here it asks again. */
    @Test
    void rawRecord_withTheAnswer_isAnswered_andWithAnotherStateAskedAgain() throws Exception {
        try (Caller caller = new Caller(pipeline)) {
            String call = "{\"id\":\"%s\",\"server\":\"tools\",\"tool\":\"ask\",\"arguments\":{},\"inputResponses\":"
                    + ANSWER + ",\"requestState\":\"%s\"}";
            caller.send(call.formatted("answered", "step 1, \\\"quoted\\\""));
            caller.send(call.formatted("stale", "step 0"));

            assertThat(caller.reply("answered").status()).isEqualTo(Status.OK);
            assertThat(caller.reply("stale").status()).isEqualTo(Status.INPUT_REQUIRED);
        }
    }

    @Test
    void command_withTheAnswer_isAnswered() {
        CommandRun asking = command();
        int asked = asking.run("call", "tools", "ask", "--args", "{}");
        CommandRun answering = command();
        int answered = answering.run(
                "call", "tools", "ask", "--args", "{}", "--input-responses", ANSWER, "--request-state", STATE);

        assertThat(asked).isEqualTo(1);
        assertThat(asking.err()).contains("--input-responses");
        assertThat(answered).as(answering.err()).isZero();
        assertThat(answering.out()).contains("hello Ada");
    }

    @Test
    void batchLine_withTheAnswer_isAnswered(@TempDir Path folder) throws Exception {
        Path calls = folder.resolve("calls.jsonl");
        Files.writeString(calls, """
                {"server":"tools","tool":"ask","arguments":{}}
                {"server":"tools","tool":"ask","arguments":{},"inputResponses":%s,"requestState":"step 1, \\"quoted\\""}
                """.formatted(ANSWER));
        CommandRun command = command();

        int exitCode = command.run("batch", calls.toString());

        assertThat(command.out().lines()).as(command.err()).hasSize(2);
        assertThat(command.out().lines().toList().get(0))
                .contains("\"status\":\"input_required\"")
                .contains("\"requestState\":\"step 1");
        assertThat(command.out().lines().toList().get(1))
                .contains("\"status\":\"ok\"")
                .contains("hello Ada");
        assertThat(exitCode).isEqualTo(1);
    }

    private CommandRun command() {
        return new CommandRun(Map.of(
                "TOOLSTREAM_BOOTSTRAP", pipeline.cluster().connection().bootstrapServers(),
                "TOOLSTREAM_TOPICS__PREFIX", pipeline.topics().prefix(),
                "XDG_RUNTIME_DIR", "/nonexistent"));
    }
}
