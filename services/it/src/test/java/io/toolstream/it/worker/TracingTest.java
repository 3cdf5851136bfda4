package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.OpenTelemetryTracing;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ReceivedCall;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.wire.TraceContext;
import io.toolstream.worker.Instruments;
import io.toolstream.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace from whoever calls to the tool server, over the topics. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SECRET = "canary-argument";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();
    private final Pipeline pipeline;
    private final ScriptedToolServer tools = ScriptedToolServer.start();
    private Worker worker;

    TracingTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @BeforeEach
    void start() throws Exception {
        worker = Worker.start(
                pipeline.settings("w1", 500),
                List.of(Pipeline.http("tools", tools)),
                new Instruments(new Meters(), OpenTelemetryTracing.of(telemetry), true));
        worker.ready().get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        worker.close();
        tools.close();
        telemetry.close();
    }

    @Test
    void callOfATracedCaller_isOneTrace_toTheToolServerAndBack() throws Exception {
        tools.script("echo", Behaviour.answering(Answer.toolError(SECRET)));
        Span agent = telemetry.getTracer("test").spanBuilder("agent").startSpan();
        ClientSettings settings = ClientSettings.of(pipeline.cluster().connection(), pipeline.topics());
        Reply reply;
        try (ToolClient client = ToolClient.connect(settings, new OpenTelemetryCalls(telemetry))) {
            ToolCall call = ToolCall.of("tools", "echo")
                    .argument("secret", SECRET)
                    .trace(new TraceContext(null, null, "tenant=a"));
            reply = Context.root()
                    .with(agent)
                    .wrap(() -> client.call(call))
                    .call()
                    .get(60, TimeUnit.SECONDS);
        }
        agent.end();

        assertThat(reply.status()).isEqualTo(Status.TOOL_ERROR);
        SpanData sent = span("send " + pipeline.topics().calls());
        SpanData processed = span("process " + pipeline.topics().calls());
        SpanData asked = span("tools/call echo");
        SpanData answered = span("send " + pipeline.topics().replies());
        assertThat(List.of(sent, processed, asked, answered))
                .extracting(SpanData::getTraceId)
                .containsOnly(agent.getSpanContext().getTraceId());
        assertThat(sent.getParentSpanId()).isEqualTo(agent.getSpanContext().getSpanId());
        assertThat(processed.getParentSpanId()).isEqualTo(sent.getSpanId());
        assertThat(processed.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(sent.getSpanId());
        assertThat(asked.getParentSpanId()).isEqualTo(processed.getSpanId());
        assertThat(answered.getParentSpanId()).isEqualTo(processed.getSpanId());
        assertThat(List.of(sent, processed, asked, answered))
                .extracting(SpanData::getKind)
                .containsExactly(SpanKind.PRODUCER, SpanKind.CONSUMER, SpanKind.CLIENT, SpanKind.PRODUCER);

        assertThat(text(asked, "error.type")).isEqualTo("tool_error");
        assertThat(asked.getStatus()).isEqualTo(StatusData.error());
        assertThat(text(asked, "mcp.method.name")).isEqualTo("tools/call");
        assertThat(text(asked, "gen_ai.tool.name")).isEqualTo("echo");
        assertThat(text(asked, "gen_ai.operation.name")).isEqualTo("execute_tool");
        assertThat(text(asked, "mcp.protocol.version")).matches("\\d{4}-\\d{2}-\\d{2}");
        assertThat(text(processed, "messaging.system")).isEqualTo("kafka");
        assertThat(text(processed, "messaging.message.id"))
                .isEqualTo(reply.identity().id());

        ReceivedCall received = tools.calls().get(0);
        assertThat(received.meta())
                .contains("\"00-" + asked.getTraceId() + "-" + asked.getSpanId() + "-0")
                .contains("tenant=a");
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain(SECRET);
    }

    @Test
    void attempts_areASpanEach() throws Exception {
        tools.script("add", Behaviour.answering(Answer.failure(-32_603, SECRET)), Behaviour.normal());
        try (Caller caller = new Caller(pipeline)) {
            caller.send(
                    "{\"id\":\"twice\",\"server\":\"tools\",\"tool\":\"add\",\"arguments\":{\"a\":1,\"b\":2}}",
                    Caller.header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));

            assertThat(caller.reply("twice").attempts()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(spans("tools/call add")).hasSize(2));
            assertThat(caller.replyRecord("twice").headers().lastText("traceparent"))
                    .as("what the caller sent, in the reply")
                    .contains("00-" + TRACE + "-b7ad6b7169203331-01");
        }
        List<SpanData> attempts = spans("tools/call add");
        assertThat(attempts).extracting(SpanData::getTraceId).containsOnly(TRACE);
        assertThat(text(attempts.get(0), "error.type")).isEqualTo("server-error");
        assertThat(text(attempts.get(0), "rpc.response.status_code")).isEqualTo("-32603");
        assertThat(text(attempts.get(1), "error.type")).isNull();
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain(SECRET);
    }

    @Test
    void callOfATraceThatIsNotSampled_makesNoSpan_andIsPassedOn() throws Exception {
        String traceparent = "00-" + TRACE + "-b7ad6b7169203331-00";
        try (Caller caller = new Caller(pipeline)) {
            caller.send(
                    "{\"id\":\"quiet\",\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{}}",
                    Caller.header("traceparent", traceparent));
            assertThat(caller.reply("quiet").status()).isEqualTo(Status.OK);
            caller.send("{\"id\":\"loud\",\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{}}");
            caller.reply("loud");
            span("tools/call echo");
        }

        assertThat(tools.calls().get(0).meta()).contains(traceparent);
        assertThat(exporter.getFinishedSpanItems())
                .extracting(SpanData::getTraceId)
                .doesNotContain(TRACE);
    }

    private SpanData span(String name) {
        return await("span " + name)
                .atMost(Duration.ofSeconds(60))
                .until(() -> spans(name), found -> !found.isEmpty())
                .get(0);
    }

    private List<SpanData> spans(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static @Nullable String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }
}
