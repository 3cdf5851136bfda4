package io.toolstream.worker.mcp;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallOptions;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.TraceContext;
import io.toolstream.worker.invoke.Invocation;
import org.jspecify.annotations.Nullable;

/** Makes requests of invocations, without copying what the caller wrote. Pure. */
final class Requests {
    private Requests() {}

    static ToolRequest of(Invocation invocation, ToolRequest.Times times) {
        Call call = invocation.call();
        return new ToolRequest(
                invocation.tool().name(),
                slice(call.arguments()),
                meta(call),
                times,
                resume(call.options()),
                CallListener.NONE);
    }

    private static RequestMeta meta(Call call) {
        TraceContext trace = call.context().trace();
        String key = call.options().idempotencyKey();
        return trace.equals(TraceContext.NONE) && key == null
                ? RequestMeta.NONE
                : new RequestMeta(trace.traceparent(), trace.tracestate(), trace.baggage(), key);
    }

    private static ToolRequest.@Nullable Resume resume(CallOptions options) {
        RawJson responses = options.inputResponses();
        return responses == null && options.requestState() == null
                ? null
                : new ToolRequest.Resume(responses == null ? null : slice(responses), options.requestState());
    }

    private static JsonSlice slice(RawJson json) {
        return new JsonSlice(json.array(), json.offset(), json.length());
    }
}
