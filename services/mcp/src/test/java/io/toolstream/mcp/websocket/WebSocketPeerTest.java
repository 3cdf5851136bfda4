package io.toolstream.mcp.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A WebSocket against Jetty, which shares no code with ours. */
final class WebSocketPeerTest {
    private final Server jetty = new Server();
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @BeforeEach
    void start() throws Exception {
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ContextHandler context = new ContextHandler("/");
        jetty.setHandler(context);
        context.setHandler(WebSocketUpgradeHandler.from(jetty, context, container -> {
            container.setMaxTextMessageSize(4 << 20);
            container.addMapping("/mcp", (request, response, callback) -> {
                response.setAcceptedSubProtocol("mcp");
                return new Tools();
            });
        }));
        jetty.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.close().join();
        jetty.stop();
    }

    private ToolServer open() {
        int port = ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
        return client.open(new ServerSpec.WebSocket("jetty", URI.create("ws://127.0.0.1:" + port + "/mcp"), Map.of()));
    }

    @Test
    void manyCalls_areAnsweredOverOneSocket() {
        ToolServer server = open();
        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<ToolResult>> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                results.add(server.call(Calls.request("tool-" + round + "-" + i)));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(results.get(i).join().json().text()).isEqualTo(Http.content("tool-" + round + "-" + i));
            }
        }
        assertThat(server.stats().opened()).isEqualTo(1);
        assertThat(server.stats().reused()).isEqualTo(1000);
    }

    @Test
    void largeAnswers_arrive() {
        ToolServer server = open();

        for (int i = 0; i < 10; i++) {
            assertThat(server.call(Calls.request("large")).join().json().length())
                    .isGreaterThan(1_000_000);
        }
    }

    /** The tools of one socket. */
    public static final class Tools implements Session.Listener.AutoDemanding {
        private @Nullable Session session;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
        }

        @Override
        public void onWebSocketText(String message) {
            RawRequest request = new RawRequest("", Map.of(), message);
            if (request.id() < 0) {
                return;
            }
            String discovered = "{\"jsonrpc\":\"2.0\",\"id\":" + request.id()
                    + ",\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}}";
            String text = request.tool().equals("large") ? "x".repeat(1_000_000) : request.tool();
            Objects.requireNonNull(session)
                    .sendText(
                            request.rpc().equals("server/discover") ? discovered : Http.result(request.id(), text),
                            Callback.NOOP);
        }
    }
}
