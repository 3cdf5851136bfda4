package io.toolstream.testkit;

import io.toolstream.testkit.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC request.
 *
 * @param sender what its id is unique in: a session or a process
 * @param id as JSON text
 */
record RpcRequest(String sender, String id, String method, Json params, Map<String, String> headers) {
    private static final Json NO_PARAMS = Json.parse("{}");

    static RpcRequest of(String sender, Json message, Map<String, String> headers) {
        return new RpcRequest(
                sender,
                message.member("id").orElseThrow().raw(),
                message.text("method").orElseThrow(),
                message.member("params").orElse(NO_PARAMS),
                headers);
    }

    ReceivedCall asCall() {
        return new ReceivedCall(
                id,
                params.text("name").orElse(""),
                params.member("arguments").orElse(NO_PARAMS).raw(),
                params.member("_meta").orElse(NO_PARAMS).raw(),
                params.member("inputResponses").orElse(NO_PARAMS).raw(),
                params.text("requestState").orElse(""),
                headers);
    }

    /** As JSON text; only a request that carries one is sent progress. */
    @Nullable
    String progressToken() {
        return params.member("_meta")
                .flatMap(meta -> meta.member("progressToken"))
                .map(Json::raw)
                .orElse(null);
    }
}
