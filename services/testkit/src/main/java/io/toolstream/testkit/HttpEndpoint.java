package io.toolstream.testkit;

import io.toolstream.testkit.http.HttpAnswer;
import io.toolstream.testkit.http.HttpRequest;
import io.toolstream.testkit.json.Json;
import io.toolstream.testkit.json.Json.JsonObject;
import io.toolstream.testkit.json.JsonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Streamable HTTP of the revisions up to 2025-11-25, at {@code /mcp}: one request in, one exchange out. */
final class HttpEndpoint {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final RpcServer rpc;
    private final Sessions sessions;
    private final Counters counters;
    private final ServerOptions options;
    private final Announcements announcements = new Announcements();

    HttpEndpoint(RpcServer rpc, Sessions sessions, Counters counters, ServerOptions options) {
        this.rpc = rpc;
        this.sessions = sessions;
        this.counters = counters;
        this.options = options;
    }

    Announcements announcements() {
        return announcements;
    }

    /** Whether the request asks for a stream on which the server may speak by itself. */
    boolean isToListen(HttpRequest request) {
        return options.announcesTools() && request.method().equals("GET");
    }

    /** An answer and how it is sent; nothing if the request was cancelled. */
    record Exchange(HttpAnswer answer, Delivery delivery, boolean isTwice) {
        static Exchange of(int status, Map<String, String> headers, String body) {
            return new Exchange(HttpAnswer.of(status, headers, body), Delivery.whole(), false);
        }
    }

    @Nullable
    Exchange handle(HttpRequest request) {
        counters.add(Counted.MESSAGES);
        if (!request.path().equals("/mcp")) {
            return Exchange.of(404, Map.of(), "");
        }
        return switch (request.method()) {
            case "POST" -> post(request);
            case "DELETE" -> delete(request);
            default -> Exchange.of(405, Map.of("Allow", "POST, DELETE"), "");
        };
    }

    private Exchange delete(HttpRequest request) {
        if (!sessions.delete(request.header("mcp-session-id"))) {
            return Exchange.of(404, Map.of(), "");
        }
        counters.add(Counted.SESSIONS_DELETED);
        return Exchange.of(200, Map.of(), "");
    }

    private @Nullable Exchange post(HttpRequest request) {
        String accept = request.headers().getOrDefault("accept", "");
        if (!accept.contains("application/json") || !accept.contains("text/event-stream")) {
            return refuse(406, -32000, "Accept must name application/json and text/event-stream");
        }
        if (!request.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            return refuse(415, -32000, "Content-Type must be application/json");
        }
        String version = request.header("mcp-protocol-version");
        if (version != null && !RpcServer.VERSIONS.contains(version)) {
            return refuse(400, -32000, "Unsupported protocol version: " + version);
        }
        try {
            Json message = Json.parse(request.body());
            return message instanceof JsonObject
                    ? message(request, message)
                    : refuse(400, -32600, "One message is expected");
        } catch (JsonException e) {
            return refuse(400, -32700, "Parse error: " + e.getMessage());
        }
    }

    private @Nullable Exchange message(HttpRequest request, Json message) {
        String method = message.text("method").orElse("");
        String session = request.header("mcp-session-id");
        if (options.hasSessions() && !method.equals("initialize")) {
            if (session == null) {
                return refuse(400, -32000, "Mcp-Session-Id is missing");
            }
            if (!sessions.isOpen(session)) {
                return refuse(404, -32001, "Session not found");
            }
        }
        String sender = session == null ? "" : session;
        if (method.isEmpty()) {
            counters.add(Counted.CLIENT_ANSWERS);
            return Exchange.of(202, Map.of(), "");
        }
        if (message.member("id").isEmpty()) {
            rpc.notice(sender, message);
            return Exchange.of(202, Map.of(), "");
        }
        return exchange(method, rpc.answer(RpcRequest.of(sender, message, request.headers())));
    }

    private @Nullable Exchange exchange(String method, RpcAnswer answer) {
        Behaviour behaviour = answer.behaviour();
        Framing framing = behaviour.framing() == null ? options.framing() : behaviour.framing();
        if (framing instanceof Framing.Refusal refusal) {
            return Exchange.of(refusal.status(), refusal.headers(), refusal.body());
        }
        if (answer.isNone()) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        if (options.hasSessions() && method.equals("initialize")) {
            counters.add(Counted.SESSIONS);
            headers.put("Mcp-Session-Id", sessions.create());
        }
        boolean isTwice = behaviour.idEcho() == IdEcho.TWICE;
        if (framing instanceof Framing.EventStream stream) {
            HttpAnswer events = HttpAnswer.stream(headers, events(stream, answer, isTwice), stream.pause());
            return new Exchange(events, behaviour.delivery(), false);
        }
        headers.putAll(JSON);
        return new Exchange(HttpAnswer.of(200, headers, answer.message()), behaviour.delivery(), isTwice);
    }

    private static List<String> events(Framing.EventStream stream, RpcAnswer answer, boolean isTwice) {
        List<String> messages = new ArrayList<>(answer.notifications());
        for (int i = 1; i <= stream.pings(); i++) {
            messages.add("{\"jsonrpc\":\"2.0\",\"id\":\"server-" + i + "\",\"method\":\"ping\"}");
        }
        messages.add(answer.message());
        if (isTwice) {
            messages.add(answer.message());
        }
        List<String> events = new ArrayList<>();
        for (int i = 0; i < stream.comments(); i++) {
            events.add(": still here\n\n");
        }
        if (stream.hasIds()) {
            events.add("id: 0\ndata: \n\n");
        }
        for (int i = 0; i < messages.size(); i++) {
            String id = stream.hasIds() ? "id: " + (i + 1) + "\n" : "";
            events.add("event: message\n" + id + "data: " + messages.get(i) + "\n\n");
        }
        return events;
    }

    private static Exchange refuse(int status, int code, String message) {
        return Exchange.of(
                status,
                JSON,
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + ",\"message\":" + Json.quote(message)
                        + "}}");
    }
}
