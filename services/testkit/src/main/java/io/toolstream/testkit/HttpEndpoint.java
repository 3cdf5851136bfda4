package io.toolstream.testkit;

import io.toolstream.testkit.Exchanges.Exchange;
import io.toolstream.testkit.http.HttpAnswer;
import io.toolstream.testkit.http.HttpRequest;
import io.toolstream.testkit.json.Json;
import io.toolstream.testkit.json.Json.JsonObject;
import io.toolstream.testkit.json.JsonException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Streamable HTTP of all revisions, at {@code /mcp}: one request in, one exchange out. */
final class HttpEndpoint {
    private final RpcServer rpc;
    private final Sessions sessions;
    private final Standing standing;
    private final Counters counters;
    private final ServerOptions options;
    private final Exchanges exchanges;

    HttpEndpoint(RpcServer rpc, Sessions sessions, Standing standing, Counters counters, ServerOptions options) {
        this.rpc = rpc;
        this.sessions = sessions;
        this.standing = standing;
        this.counters = counters;
        this.options = options;
        this.exchanges = new Exchanges(options.framing());
    }

    /** Blocks for as long as the script says; nothing if the request was cancelled. */
    @Nullable
    Exchange handle(HttpRequest request, Presence client) {
        counters.add(Counted.MESSAGES);
        if (!request.path().equals("/mcp")) {
            return Exchange.of(404, Map.of(), "");
        }
        return switch (request.method()) {
            case "POST" -> post(request, client);
            case "GET" -> listen(request, client);
            case "DELETE" -> delete(request);
            default -> notAllowed();
        };
    }

    private static Exchange notAllowed() {
        return Exchange.of(405, Map.of("Allow", "POST, DELETE"), "");
    }

    private Exchange delete(HttpRequest request) {
        if (!sessions.delete(request.header("mcp-session-id"))) {
            return Exchange.of(404, Map.of(), "");
        }
        counters.add(Counted.SESSIONS_DELETED);
        return Exchange.of(200, Map.of(), "");
    }

    private Exchange listen(HttpRequest request, Presence client) {
        String lastEventId = request.header("last-event-id");
        if (lastEventId != null) {
            counters.add(Counted.RESUMED);
            Exchange rest = exchanges.resumed(lastEventId, rpc.behaviourOf("GET"));
            return rest == null ? Exchange.of(404, Map.of(), "") : rest;
        }
        if (!standing.isOffered()) {
            return notAllowed();
        }
        counters.add(Counted.STREAMS);
        return standing(client);
    }

    private @Nullable Exchange post(HttpRequest request, Presence client) {
        String accept = request.headers().getOrDefault("accept", "");
        if (!accept.contains("application/json") || !accept.contains("text/event-stream")) {
            return refuse(406, -32000, "Accept must name application/json and text/event-stream");
        }
        if (!request.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            return refuse(415, -32000, "Content-Type must be application/json");
        }
        try {
            Json message = Json.parse(request.body());
            return message instanceof JsonObject
                    ? message(request, message, client)
                    : refuse(400, -32600, "One message is expected");
        } catch (JsonException e) {
            return refuse(400, -32700, "Parse error: " + e.getMessage());
        }
    }

    private @Nullable Exchange message(HttpRequest request, Json message, Presence client) {
        String method = message.text("method").orElse("");
        Exchange refusal =
                rpc.revision().isModern() ? refusedToday(request, message) : refusedInASession(request, method);
        if (refusal != null) {
            return refusal;
        }
        String session = request.header("mcp-session-id");
        String sender = session == null ? "" : session;
        if (method.isEmpty()) {
            rpc.answered(message);
            return Exchange.of(202, Map.of(), "");
        }
        if (message.member("id").isEmpty()) {
            rpc.notice(sender, message);
            return Exchange.of(202, Map.of(), "");
        }
        return exchange(RpcRequest.of(sender, message, request.headers()), client);
    }

    private static @Nullable Exchange refusedToday(HttpRequest request, Json message) {
        String breach = ModernRules.breach(request, message);
        String id = message.member("id").map(Json::raw).orElse("null");
        return breach == null
                ? null
                : Exchange.of(400, Exchanges.JSON, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":" + breach + "}");
    }

    private @Nullable Exchange refusedInASession(HttpRequest request, String method) {
        String version = request.header("mcp-protocol-version");
        if (version != null && !Revision.WITH_SESSIONS.contains(version)) {
            return refuse(400, -32000, "Unsupported protocol version: " + version);
        }
        if (!options.hasSessions() || method.equals("initialize")) {
            return null;
        }
        String session = request.header("mcp-session-id");
        if (session == null) {
            return refuse(400, -32000, "Mcp-Session-Id is missing");
        }
        return sessions.isOpen(session) ? null : refuse(404, -32001, "Session not found");
    }

    /** What is said by itself, first of all that it will be. */
    private Exchange subscribed(RpcRequest request, Presence client) {
        counters.add(Counted.STREAMS);
        String acknowledged =
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{"
                        + "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":" + request.id() + "}}}";
        return standing(client, acknowledged);
    }

    private Exchange standing(Presence client, String... first) {
        HttpAnswer head = HttpAnswer.stream(Map.of(), List.of(), Duration.ZERO);
        return new Exchange(head, standing.stream(client, List.of(first)), false);
    }

    private @Nullable Exchange exchange(RpcRequest request, Presence client) {
        if (rpc.revision().isModern() && request.method().equals(RpcServer.SUBSCRIBE)) {
            return subscribed(request, client);
        }
        Cancellation cancellation = rpc.accept(request);
        client.begins(() -> leftAlone(cancellation));
        RpcAnswer answer = rpc.answer(request, cancellation);
        client.ends();
        boolean isUnknown = rpc.revision().isModern() && !rpc.knows(request.method());
        Map<String, String> headers = Map.of();
        boolean isRefused = answer.isNone() || answer.behaviour().framing() instanceof Framing.Refusal;
        if (options.hasSessions() && request.method().equals("initialize") && !isRefused) {
            counters.add(Counted.SESSIONS);
            headers = Map.of("Mcp-Session-Id", sessions.create());
        }
        return exchanges.of(answer, isUnknown ? 404 : 200, headers);
    }

    /** Where there are no sessions, the closed stream is the cancellation. */
    private void leftAlone(Cancellation cancellation) {
        counters.add(Counted.ABANDONED);
        if (rpc.revision().isModern()) {
            cancellation.cancel();
        }
    }

    private static Exchange refuse(int status, int code, String message) {
        return Exchange.of(
                status,
                Exchanges.JSON,
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + ",\"message\":" + Json.quote(message)
                        + "}}");
    }
}
