package io.toolstream.embedded.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** MCP of the revisions with {@code initialize}, without sessions, whatever the transport. Any thread; never blocks. */
final class DemoProtocol {
    static final Set<String> VERSIONS = Set.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    private static final String NEWEST = "2025-11-25";
    private static final int PARSE_ERROR = -32700;
    private static final int INVALID_REQUEST = -32600;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INVALID_PARAMS = -32602;
    private static final int INTERNAL_ERROR = -32603;

    private final Map<String, DemoTool> tools;

    DemoProtocol(DemoTools tools) {
        this.tools = tools.all().stream()
                .collect(Collectors.toMap(DemoTool::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    /**
     * A message taken apart.
     *
     * @param id null for a notification
     * @param answer null where there is none: to a notification, and to an answer of the client's
     */
    record Handled(
            @Nullable Object id,
            String method,
            Map<?, ?> params,
            @Nullable CompletableFuture<String> answer) {}

    /** Takes one message. The answer's future never fails; to cancel it is to no longer want it. */
    Handled handle(String text) {
        Object message;
        try {
            message = JsonText.read(text);
        } catch (IllegalArgumentException e) {
            return refused(PARSE_ERROR, e.getMessage());
        }
        if (!(message instanceof Map<?, ?> members)) {
            return refused(INVALID_REQUEST, "One JSON-RPC message is expected");
        }
        Object id = members.get("id");
        Map<?, ?> params = members.get("params") instanceof Map<?, ?> given ? given : Map.of();
        if (!(members.get("method") instanceof String method)) {
            boolean isAnswer = members.containsKey("result") || members.containsKey("error");
            return isAnswer ? new Handled(id, "", params, null) : refused(INVALID_REQUEST, "'method' is missing");
        }
        return new Handled(id, method, params, id == null ? null : answer(id, method, params));
    }

    private static Handled refused(int code, @Nullable String why) {
        return new Handled(null, "", Map.of(), CompletableFuture.completedFuture(error(null, code, why)));
    }

    private CompletableFuture<String> answer(Object id, String method, Map<?, ?> params) {
        return switch (method) {
            case "initialize" -> done(result(id, initialize(params)));
            case "ping" -> done(result(id, Map.of()));
            case "tools/list" -> done(list(id, params));
            case "tools/call" -> call(id, params);
            default -> done(error(id, METHOD_NOT_FOUND, "Method not found: " + method));
        };
    }

    private static Map<String, ?> initialize(Map<?, ?> params) {
        Object asked = params.get("protocolVersion");
        return Map.of(
                "protocolVersion",
                asked instanceof String version && VERSIONS.contains(version) ? version : NEWEST,
                "capabilities",
                Map.of("tools", Map.of("listChanged", false)),
                "serverInfo",
                Map.of("name", "toolstream-demo", "title", "Toolstream demo tools", "version", "1.0.0"));
    }

    private String list(Object id, Map<?, ?> params) {
        if (params.get("cursor") != null) {
            return error(id, INVALID_PARAMS, "Unknown cursor: all tools are on one page");
        }
        List<?> all = tools.values().stream().map(DemoTool::definition).toList();
        return result(id, Map.of("tools", all));
    }

    private CompletableFuture<String> call(Object id, Map<?, ?> params) {
        DemoTool tool = params.get("name") instanceof String name ? tools.get(name) : null;
        if (tool == null) {
            return done(error(id, INVALID_PARAMS, "Unknown tool: " + params.get("name")));
        }
        Object arguments = params.containsKey("arguments") ? params.get("arguments") : Map.of();
        if (!(arguments instanceof Map<?, ?> members)) {
            return done(error(id, INVALID_PARAMS, "'arguments' must be an object"));
        }
        try {
            return tool.run()
                    .on(new DemoArguments(members))
                    .thenApply(answered -> result(id, answered.toJson()))
                    .exceptionally(failure -> error(id, INTERNAL_ERROR, failure.toString()));
        } catch (IllegalArgumentException e) {
            return done(result(
                    id, DemoResult.error("Invalid arguments: " + e.getMessage()).toJson()));
        }
    }

    private static CompletableFuture<String> done(String message) {
        return CompletableFuture.completedFuture(message);
    }

    private static String result(Object id, Map<String, ?> result) {
        return message(id, "result", result);
    }

    private static String error(@Nullable Object id, int code, @Nullable String message) {
        return message(id, "error", Map.of("code", code, "message", String.valueOf(message)));
    }

    private static String message(@Nullable Object id, String kind, Map<String, ?> content) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", id);
        message.put(kind, content);
        return JsonText.write(message);
    }
}
