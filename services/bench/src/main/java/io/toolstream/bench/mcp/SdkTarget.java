package io.toolstream.bench.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.load.WrongAnswerException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The stub through the official SDK: a blocking client, so each call in flight has a thread. */
final class SdkTarget implements Target {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ExecutorService pool;
    private final McpSyncClient client;
    private final String pad;

    SdkTarget(URI stub, int threads, int payloadBytes) {
        this.pool = Executors.newFixedThreadPool(threads);
        this.pad = "x".repeat(Math.max(0, payloadBytes - 40));
        String origin = stub.getScheme() + "://" + stub.getAuthority();
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(origin)
                .endpoint(stub.getPath())
                .build();
        this.client = McpClient.sync(transport)
                .requestTimeout(TIMEOUT)
                .initializationTimeout(TIMEOUT)
                .build();
        client.initialize();
    }

    @Override
    public CompletionStage<?> call(long number) {
        return CompletableFuture.runAsync(() -> callNow(number), pool);
    }

    private void callNow(long number) {
        CallToolResult result = client.callTool(CallToolRequest.builder("echo")
                .arguments(Map.of("number", number, "pad", pad))
                .build());
        boolean isRight = result.structuredContent() instanceof Map<?, ?> echoed
                && echoed.get("number") instanceof Number found
                && found.longValue() == number;
        if (!isRight) {
            throw new WrongAnswerException("the result of call " + number + " is another's");
        }
    }

    @Override
    public void close() {
        client.close();
        pool.shutdownNow();
    }
}
