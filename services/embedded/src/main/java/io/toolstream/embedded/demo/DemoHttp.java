package io.toolstream.embedded.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.toolstream.embedded.demo.DemoProtocol.Handled;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streamable HTTP without sessions and streams of its own: one POST, one JSON answer. */
final class DemoHttp implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(DemoHttp.class);
    private static final int MAX_BODY_BYTES = 2 * 1024 * 1024;
    private static final Set<String> OWN_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

    private final DemoProtocol protocol;
    private final Executor threads;

    DemoHttp(DemoProtocol protocol, Executor threads) {
        this.protocol = protocol;
        this.threads = threads;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        int refusal = refusal(exchange);
        if (refusal != 0) {
            finish(exchange, refusal, null);
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            finish(exchange, 413, null);
            return;
        }
        Handled handled = protocol.handle(new String(body, UTF_8));
        CompletableFuture<String> answer = handled.answer();
        if (answer == null) {
            finish(exchange, 202, null);
            return;
        }
        int status = handled.id() == null ? 400 : 200;
        // Never on the thread that completes a late answer: that one is the whole JVM's timer.
        var unused = answer.thenAcceptAsync(text -> finish(exchange, status, text), threads);
    }

    /** The status that says why a request is not taken; 0 if it is. */
    private static int refusal(HttpExchange exchange) {
        if (!exchange.getRequestURI().getPath().equals(DemoToolServer.PATH)) {
            return 404;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return 405;
        }
        if (!isOwnOrigin(exchange.getRequestHeaders().getFirst("Origin"))) {
            return 403;
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return 415;
        }
        String version = exchange.getRequestHeaders().getFirst("MCP-Protocol-Version");
        return version == null || DemoProtocol.VERSIONS.contains(version) ? 0 : 400;
    }

    /** A web page elsewhere must not reach the tools through its visitor's browser. */
    private static boolean isOwnOrigin(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        try {
            String host = URI.create(origin).getHost();
            return host != null && OWN_HOSTS.contains(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void finish(HttpExchange exchange, int status, @Nullable String json) {
        try (exchange) {
            byte[] body = json == null ? new byte[0] : json.getBytes(UTF_8);
            if (body.length > 0) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            log.debug("A client of the demo tool server has gone", e);
        }
    }
}
