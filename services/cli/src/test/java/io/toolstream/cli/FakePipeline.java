package io.toolstream.cli;

import io.toolstream.cli.broker.BatchRun;
import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.Pipeline;
import io.toolstream.client.Acceptance;
import io.toolstream.client.BatchOptions;
import io.toolstream.client.CallResult;
import io.toolstream.client.Catalogue;
import io.toolstream.client.ParkedCalls;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClientException;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.Wanted;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A pipeline with a small catalogue that answers as it is told. */
final class FakePipeline implements Pipeline, Pipeline.Connector {
    static final OfTool READ_FILE = new OfTool(
            "fs",
            "read_file",
            RawJson.ofText("{\"name\":\"read_file\",\"description\":\"Reads a file. Whole, or some lines of it.\","
                    + "\"inputSchema\":{\"type\":\"object\",\"properties\":{"
                    + "\"path\":{\"type\":\"string\",\"description\":\"Where it is\"},"
                    + "\"lines\":{\"type\":\"integer\"},"
                    + "\"mode\":{\"enum\":[\"text\",\"binary\"]}},\"required\":[\"path\"]},"
                    + "\"annotations\":{\"readOnlyHint\":true}}"),
            "0f1e2d");

    static final OfTool HOSTILE = new OfTool(
            "web",
            "fetch",
            RawJson.ofText(
                    "{\"name\":\"fetch\",\"description\":\"\\u001b[2JFetches\",\"inputSchema\":{\"type\":\"object\"}}"),
            "aa00");

    static final Catalogue CATALOGUE = new Catalogue(
            List.of(
                    new OfServer(
                            "fs",
                            Transport.STDIO,
                            new Condition(Health.HEALTHY, null),
                            "2025-06-18",
                            1,
                            1_750_000_000_000L),
                    new OfServer(
                            "web",
                            Transport.HTTP,
                            new Condition(Health.UNHEALTHY, "connection refused"),
                            null,
                            1,
                            1_750_000_000_001L)),
            List.of(READ_FILE, HOSTILE));

    final List<ToolCall> calls = new ArrayList<>();
    final List<Endpoint> endpoints = new ArrayList<>();
    private final Function<ToolCall, CompletableFuture<Reply>> answer;
    boolean isClosed;

    FakePipeline(Function<ToolCall, CompletableFuture<Reply>> answer) {
        this.answer = answer;
    }

    @Override
    public Pipeline connect(Endpoint endpoint) {
        endpoints.add(endpoint);
        return this;
    }

    @Override
    public void prepareCalls() {}

    @Override
    public CompletableFuture<Reply> call(ToolCall call) {
        calls.add(call);
        return answer.apply(call);
    }

    @Override
    public CompletableFuture<Acceptance> send(ToolCall call) {
        calls.add(call);
        return CompletableFuture.completedFuture(
                new Acceptance("id-1", "client-1", new RecordPosition("toolstream.calls", 3, 42)));
    }

    @Override
    public BatchRun batch(Iterable<ToolCall> source, BatchOptions options) {
        Iterator<ToolCall> wanted = source.iterator();
        return new BatchRun() {
            private long index;

            @Override
            public boolean hasNext() {
                return wanted.hasNext();
            }

            @Override
            public CallResult next() {
                return FakePipeline.this
                        .call(wanted.next())
                        .handle((reply, failure) -> new CallResult(index++, "id", reply, (ToolClientException) failure))
                        .join();
            }

            @Override
            public boolean isNextReady() {
                return false;
            }

            @Override
            public boolean awaitNext(Duration atMost) {
                return true;
            }

            @Override
            public @Nullable String trouble() {
                return null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Catalogue catalogue() {
        return CATALOGUE;
    }

    @Override
    public ParkedCalls parked() {
        return new ParkedCalls(List.of(
                parked(0, "c1", "fs", "connect-failed"),
                parked(1, "c2", "fs", "connect-failed"),
                parked(2, "c3", "web", "breaker-open")));
    }

    private static ParkedCalls.ParkedCall parked(long offset, String id, String server, String code) {
        return new ParkedCalls.ParkedCall(
                new RecordPosition("toolstream.parked", 0, offset),
                new Waiting(id, new Wanted(server, "read_file", null), 5_000, 90_000, code, 1, 1_000));
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
