package io.toolstream.it.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.RangeReader;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.OpenTelemetryTracing;
import io.toolstream.settings.Effect;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.RedisSettings;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Delivery;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.StdioToolServer;
import io.toolstream.wire.InboundRecord;
import io.toolstream.worker.Instruments;
import io.toolstream.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets planted in calls, answers and settings turn up in nothing that a worker tells, whatever goes wrong. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CanaryTest {
    private static final String CANARY = "canary-";
    private static final String ARGUMENT = CANARY + "argument";
    private static final String RESULT = CANARY + "result";

    /** What a server says of an error is for the caller, and for whoever looks at the dead letter. */
    private static final String SERVERS_WORDS = "words-of-the-server";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Pipeline pipeline;

    CanaryTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void secrets_areNowhereInWhatAWorkerTells() throws Exception {
        try (CapturedLog log = CapturedLog.open();
                OpenTelemetrySdk telemetry = telemetry();
                ScriptedToolServer tools = scripted();
                Worker worker = Worker.start(
                        settings(),
                        List.of(
                                new ServerEntry.Http(
                                        "tools", tools.url(), Map.of("Authorization", "Bearer " + CANARY + "token")),
                                child("child", StdioToolServer.command()),
                                child("missing", List.of("/no/such/program", CANARY + "argv")),
                                child("exits", List.of("false"))),
                        new Instruments(new Meters(), OpenTelemetryTracing.of(telemetry), true));
                Caller caller = ready(worker)) {
            Map<String, String> calls = calls();
            for (String value : calls.values()) {
                caller.send(value);
            }
            caller.send(
                    null,
                    value("{\"id\":\"forbidden\",\"tool\":\"tools/echo\",\"arguments\":{\"a\":\"" + ARGUMENT + "\"}}"),
                    Caller.header("reply-to", "not-allowed"));
            calls.keySet().stream().filter(id -> !id.equals("torn")).forEach(caller::reply);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(caller.events()).hasSizeGreaterThanOrEqualTo(calls.size() + 1));

            Map<String, List<String>> told = new LinkedHashMap<>();
            Admin admin = Admin.of(worker);
            for (String path : List.of("/metrics", "/readyz?verbose", "/servers", "/livez?verbose")) {
                told.put(path, List.of(admin.get(path).body()));
            }
            told.put(
                    "spans",
                    spans.getFinishedSpanItems().stream().map(Object::toString).toList());
            told.put(
                    "events",
                    caller.eventRecords().stream().map(CanaryTest::text).toList());
            told.put(
                    "dead letters",
                    caller.deadLetterRecords().stream().map(CanaryTest::headers).toList());
            told.put("catalogue", catalogue());
            told.put("log", log.lines());

            assertThat(told.get("dead letters")).hasSizeGreaterThan(5);
            assertThat(told.get("log")).hasSizeGreaterThan(50);
            assertThat(told.get("spans")).hasSizeGreaterThan(10);
            List<String> leaks = new ArrayList<>();
            told.forEach((where, lines) -> lines.stream()
                    .filter(line ->
                            line.contains(CANARY) || (line.contains(SERVERS_WORDS) && !where.equals("dead letters")))
                    .forEach(line -> leaks.add(where + ": " + line)));
            assertThat(leaks).isEmpty();
        }
    }

    private Caller ready(Worker worker) throws Exception {
        worker.ready().get(60, TimeUnit.SECONDS);
        return new Caller(pipeline);
    }

    private List<String> catalogue() {
        List<String> entries = new ArrayList<>();
        RangeReader.readAll(
                pipeline.cluster().connection(), pipeline.topics().catalogue(), record -> entries.add(text(record)));
        return entries;
    }

    /** By their ids. */
    private static Map<String, String> calls() {
        Map<String, String> calls = new LinkedHashMap<>();
        put(calls, "answered", "tools/echo", "{\"a\":\"" + ARGUMENT + "\"}");
        put(calls, "kept", "tools/env", "{\"name\":\"" + ARGUMENT + "\"}");
        put(calls, "of-child", "child/env", "{\"name\":\"TOKEN\"}");
        put(calls, "tool-error", "tools/fail", "{\"message\":\"" + RESULT + "\"}");
        put(calls, "wrong-type", "tools/add", "{\"a\":\"" + ARGUMENT + "\",\"b\":1}");
        put(calls, "no-such-tool", "tools/nonsense", "{\"a\":\"" + ARGUMENT + "\"}");
        put(calls, "no-json", "tools/echo", "\"{" + ARGUMENT + "\"");
        put(calls, "no-object", "tools/echo", "[\"" + ARGUMENT + "\"]");
        put(calls, "rpc-error", "tools/rpc-error", "{\"a\":\"" + ARGUMENT + "\"}");
        put(calls, "no-message", "tools/no-message", "{\"a\":\"" + ARGUMENT + "\"}");
        put(calls, "garbage", "tools/garbage", "{\"a\":\"" + ARGUMENT + "\"}");
        put(calls, "cut", "tools/cut", "{\"a\":\"" + ARGUMENT + "\"}");
        put(calls, "late", "tools/late", "{\"a\":\"" + ARGUMENT + "\"}");
        put(calls, "of-missing", "missing/echo", "{\"a\":\"" + ARGUMENT + "\"}");
        put(calls, "of-exits", "exits/echo", "{\"a\":\"" + ARGUMENT + "\"}");
        calls.put("torn", "{\"id\":\"torn\",\"tool\":\"tools/echo\",\"arguments\":{\"a\":\"" + ARGUMENT);
        return calls;
    }

    private static void put(Map<String, String> calls, String id, String tool, String arguments) {
        calls.put(
                id,
                "{\"id\":\"" + id + "\",\"tool\":\"" + tool + "\",\"timeoutMs\":3000,\"arguments\":" + arguments + "}");
    }

    private static ScriptedToolServer scripted() {
        ScriptedToolServer tools = ScriptedToolServer.start();
        for (String name : List.of("rpc-error", "no-message", "garbage", "cut", "late")) {
            tools.add(ScriptedTool.reading(
                    name, "{\"type\":\"object\"}", (arguments, wanted) -> Answer.text("unscripted")));
        }
        byte[] garbage = value("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n" + RESULT);
        tools.script("rpc-error", Behaviour.answering(Answer.failure(-32_000, SERVERS_WORDS)));
        tools.script("no-message", Behaviour.answering(Answer.message("{\"jsonrpc\":\"2.0\", " + RESULT)));
        tools.script("garbage", Behaviour.delivered(Delivery.garbage(garbage)));
        tools.script("cut", Behaviour.answering(Answer.text(RESULT)).with(Delivery.resetAt(150)));
        tools.script("late", Behaviour.never());
        return tools;
    }

    private ToolstreamSettings settings() {
        ToolstreamSettings settings = pipeline.settings("w1", 500);
        ToolSettings kept = new ToolSettings(Effect.READ, null, RetrySettings.DEFAULT, ToolCacheSettings.ON, List.of());
        return settings.on(
                        new KafkaSettings(
                                settings.kafka().bootstrapServers(),
                                "worker-w1",
                                Map.of("ssl.truststore.password", CANARY + "truststore")),
                        settings.topics())
                .withRedis(RedisSettings.DEFAULT.at("redis://user:" + CANARY + "redis@127.0.0.1:1", CANARY + "seal"))
                .withServers(Map.of(
                        "tools", new ServerPolicy(true, true, null, Map.of(), null, Map.of("env", kept)),
                        "child", new ServerPolicy(true, true, null, Map.of())));
    }

    private static ServerEntry child(String name, List<String> command) {
        return new ServerEntry.Stdio(name, command, Map.of("TOKEN", CANARY + "env"), null);
    }

    private OpenTelemetrySdk telemetry() {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build();
    }

    private static byte[] value(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(InboundRecord record) {
        byte[] value = record.value();
        return value == null ? "" : new String(value, UTF_8);
    }

    private static String headers(InboundRecord record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.name() + "=" + new String(header.value(), UTF_8))
                .collect(Collectors.joining("; "));
    }
}
