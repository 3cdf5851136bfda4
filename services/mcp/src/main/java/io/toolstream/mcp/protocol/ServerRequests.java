package io.toolstream.mcp.protocol;

import io.toolstream.mcp.InputKind;
import io.toolstream.mcp.InputRequest;
import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.json.JsonBuffer;
import io.toolstream.mcp.json.RpcMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a server of the sessions era asks: a ping at once, what we offered as soon as the responder knows, anything
 * else with an error at once. Bounded, since nothing bounds a server's questions. Any thread; nothing blocks or throws.
 */
final class ServerRequests {
    private static final int AT_ONCE = 16;

    private final String server;
    private final @Nullable InputResponder responder;
    private final AtomicInteger pending = new AtomicInteger();

    ServerRequests(String server, @Nullable InputResponder responder) {
        this.server = server;
        this.responder = responder;
    }

    /** The answer as a message; never fails. */
    CompletableFuture<JsonBuffer> answer(RpcMessage.Request request) {
        if (request.method().equals("ping")) {
            return CompletableFuture.completedFuture(result(request, JsonSlice.ofText("{}")));
        }
        Optional<InputKind> kind = InputKind.of(request.method());
        InputResponder asked = responder;
        if (asked == null || kind.isEmpty() || !asked.kinds().contains(kind.get())) {
            return CompletableFuture.completedFuture(
                    error(request, Failures.METHOD_NOT_FOUND, "this client offers no such method"));
        }
        if (pending.incrementAndGet() > AT_ONCE) {
            pending.decrementAndGet();
            return CompletableFuture.completedFuture(error(request, Failures.INTERNAL, "too many questions at once"));
        }
        return asked.answer(new InputRequest(server, kind.get(), request.params()))
                .handle((answer, failure) -> {
                    pending.decrementAndGet();
                    return failure == null
                            ? result(request, answer)
                            : error(request, Failures.INTERNAL, "there is no answer");
                });
    }

    private static JsonBuffer result(RpcMessage.Request request, JsonSlice result) {
        return begun(request).raw(",\"result\":").value(result).raw("}");
    }

    private static JsonBuffer error(RpcMessage.Request request, int code, String message) {
        return begun(request).raw(",\"error\":{\"code\":").number(code).raw(",\"message\":\"" + message + "\"}}");
    }

    private static JsonBuffer begun(RpcMessage.Request request) {
        return new JsonBuffer(160).raw("{\"jsonrpc\":\"2.0\",\"id\":").value(request.id());
    }
}
