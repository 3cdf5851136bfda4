package io.toolstream.mcp.conformance;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolServer;
import io.toolstream.testkit.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The program that the official conformance suite runs: does with {@link McpClient} what a scenario asks for, on the server
 * whose URL is the last argument. Which era that server lives in, it finds out by itself.
 */
final class ConformanceClient {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ToolServer server;
    private final Json context;

    private ConformanceClient(ToolServer server, Json context) {
        this.server = server;
        this.context = context;
    }

    public static void main(String[] args) throws Exception {
        String scenario = System.getenv().getOrDefault("MCP_CONFORMANCE_SCENARIO", "tools_call");
        Json context = Json.parse(System.getenv().getOrDefault("MCP_CONFORMANCE_CONTEXT", "{}"));
        URI url = URI.create(args[args.length - 1]);
        ServerSpec.Http spec =
                new ServerSpec.Http("suite", url, Map.of(), ServerSpec.Http2.AUTO, credentials(scenario, context));
        McpClient client = McpClient.create(McpClientSettings.DEFAULT, offers(scenario));
        try {
            new ConformanceClient(client.open(spec), context).play(scenario);
        } finally {
            client.close().get(5, TimeUnit.SECONDS);
        }
    }

    /**
     * The server of "sse-retry" takes any GET for a return to the call's stream and answers there, so that a standing
     * stream, opened while the call is sent, would now and then swallow the answer: nothing is offered that needs one.
     */
    private static ClientOffers offers(String scenario) {
        return scenario.equals("sse-retry") ? ClientOffers.TASKS : new ClientOffers(new DefaultsResponder(), true);
    }

    private static @Nullable ClientCredentials credentials(String scenario, Json context) {
        if (!scenario.startsWith("auth/client-credentials")) {
            return null;
        }
        ClientCredentials.Proof proof = context.text("client_secret")
                .<ClientCredentials.Proof>map(ClientCredentials.Proof.Secret::new)
                .orElseGet(() -> new ClientCredentials.Proof.SigningKey(
                        context.text("private_key_pem").orElseThrow(),
                        context.text("signing_algorithm").orElse("ES256"),
                        null));
        return new ClientCredentials(context.text("client_id").orElseThrow(), proof, null, List.of());
    }

    private void play(String scenario) {
        List<ToolDefinition> tools =
                server.listTools().orTimeout(20, TimeUnit.SECONDS).join();
        switch (scenario) {
            case "initialize", "json-schema-ref-no-deref" -> {}
            case "http-custom-headers" -> callAsTold();
            case "json-schema-2020-12-preservation" -> echoSchema(tools);
            case "sep-2322-client-request-state" -> callTwiceAtOnce(tools);
            default -> tools.forEach(tool -> call(tool.name(), arguments(tool)).join());
        }
    }

    private void callAsTold() {
        Json calls = context.member("toolCalls").orElseThrow();
        for (Json call : ((Json.JsonArray) calls).items()) {
            call(
                            call.text("name").orElseThrow(),
                            call.member("arguments").map(Json::raw).orElse("{}"))
                    .join();
        }
    }

    private void echoSchema(List<ToolDefinition> tools) {
        ToolDefinition focal = tools.stream()
                .filter(tool -> tool.name().equals("json_schema_2020_12_tool"))
                .findFirst()
                .orElseThrow();
        call("json_schema_echo", "{\"schema\":" + focal.inputSchema().text() + "}")
                .join();
    }

    /** Side by side, since nothing of one call may get into another. */
    private void callTwiceAtOnce(List<ToolDefinition> tools) {
        CompletableFuture.allOf(
                        tools.stream().map(tool -> call(tool.name(), "{}")).toArray(CompletableFuture[]::new))
                .join();
    }

    private CompletableFuture<?> call(String tool, String arguments) {
        return server.call(new ToolRequest(tool, JsonSlice.ofText(arguments), RequestMeta.NONE, LIMIT, null));
    }

    /** Numbers for what wants numbers. */
    private static String arguments(ToolDefinition tool) {
        Optional<Json> properties = Json.parse(tool.inputSchema().text()).member("properties");
        boolean isSum = properties.flatMap(each -> each.member("a")).isPresent();
        return isSum ? "{\"a\":5,\"b\":3}" : "{}";
    }
}
