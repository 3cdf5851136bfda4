package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.toolstream.it.cli.CommandRun;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.it.worker.OtlpReceiver.Received;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.worker.Instruments;
import io.toolstream.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Spans as they arrive at another program: sent over OTLP by the command and by a worker that are told where by {@code OTEL_*}. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class OtlpTest {
    private static final String SECRET = "canary-argument";

    /** Of OpenTelemetry's conventions for messaging, MCP, RPC and errors, and our own. */
    private static final Set<String> KNOWN = Set.of(
            "error.type",
            "gen_ai.operation.name",
            "gen_ai.tool.name",
            "mcp.method.name",
            "mcp.protocol.version",
            "messaging.consumer.group.name",
            "messaging.destination.name",
            "messaging.destination.partition.id",
            "messaging.kafka.offset",
            "messaging.message.conversation_id",
            "messaging.message.id",
            "messaging.operation.name",
            "messaging.operation.type",
            "messaging.system",
            "network.transport",
            "rpc.response.status_code",
            "toolstream.attempts",
            "toolstream.endpoint",
            "toolstream.server",
            "toolstream.status");

    private final Pipeline pipeline;

    OtlpTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void callOfTheCommand_isOneTrace_whereItArrives() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                ScriptedToolServer tools = ScriptedToolServer.start()) {
            tools.script("echo", Behaviour.answering(Answer.toolError(SECRET)));
            Map<String, String> variables =
                    Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "100");
            Worker worker = Worker.start(
                    pipeline.settings("w1", 500), List.of(Pipeline.http("tools", tools)), Instruments.of(variables));
            try (worker) {
                worker.ready().get(60, TimeUnit.SECONDS);
                awaitWhole(receiver);
            }

            List<Received> spans = whole(receiver);
            Received sent = span(spans, "send " + pipeline.topics().calls());
            Received processed = span(spans, "process " + pipeline.topics().calls());
            Received asked = span(spans, "tools/call echo");
            Received answered = span(spans, "send " + pipeline.topics().replies());

            assertThat(sent.service()).isEqualTo("toolstream-cli");
            assertThat(List.of(processed, asked, answered))
                    .extracting(Received::service)
                    .containsOnly("toolstream-worker");
            assertThat(sent.parentId()).isEmpty();
            assertThat(processed.parentId()).isEqualTo(sent.id());
            assertThat(asked.parentId()).isEqualTo(processed.id());
            assertThat(answered.parentId()).isEqualTo(processed.id());
            assertThat(List.of(sent, processed, asked, answered))
                    .extracting(received -> received.span().getKind())
                    .containsExactly(
                            SpanKind.SPAN_KIND_PRODUCER,
                            SpanKind.SPAN_KIND_CONSUMER,
                            SpanKind.SPAN_KIND_CLIENT,
                            SpanKind.SPAN_KIND_PRODUCER);
            assertThat(tools.calls())
                    .anyMatch(call -> call.meta().contains("00-" + asked.traceId() + "-" + asked.id() + "-0"));

            assertThat(asked.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(asked.attributes())
                    .containsEntry("error.type", "tool_error")
                    .containsEntry("mcp.method.name", "tools/call")
                    .containsEntry("gen_ai.tool.name", "echo");
            assertThat(processed.attributes())
                    .containsEntry("messaging.system", "kafka")
                    .containsKey("messaging.kafka.offset");
            assertThat(names(receiver)).isSubsetOf(KNOWN);
            assertThat(receiver.spans().toString()).doesNotContain(SECRET);
        }
    }

    private static Set<String> names(OtlpReceiver receiver) {
        return receiver.spans().stream()
                .flatMap(received -> received.attributes().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** A command waits two seconds for its spans to arrive, and no longer: on a slow machine those of the first run may not. */
    private void awaitWhole(OtlpReceiver receiver) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofSeconds(2)).until(() -> {
            CommandRun command = new CommandRun(Map.of(
                    "TOOLSTREAM_BOOTSTRAP", pipeline.cluster().connection().bootstrapServers(),
                    "TOOLSTREAM_TOPICS__PREFIX", pipeline.topics().prefix(),
                    "XDG_RUNTIME_DIR", "/nonexistent",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint()));
            assertThat(command.run("call", "tools", "echo", "text=" + SECRET))
                    .as(command.err())
                    .isEqualTo(1);
            long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (whole(receiver).isEmpty() && System.nanoTime() < untilNanos) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            return !whole(receiver).isEmpty();
        });
    }

    /** The spans of one trace of which all have come; none as long as there is no such trace. */
    private static List<Received> whole(OtlpReceiver receiver) {
        return receiver.spans().stream().collect(Collectors.groupingBy(Received::traceId)).values().stream()
                .filter(trace -> trace.size() == 4)
                .findFirst()
                .orElse(List.of());
    }

    private static Received span(List<Received> spans, String name) {
        return spans.stream()
                .filter(received -> received.span().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
