package io.toolstream.worker.cache;

import io.toolstream.settings.Effect;
import io.toolstream.wire.CacheMode;
import io.toolstream.wire.CallOptions;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Tool;

/** Which calls may be answered with what is known already, and which tools may run without a call. Pure. */
final class CacheRule {
    private CacheRule() {}

    /** Only where the operator says so; never a tool that runs once, nor an answer to a tool's question. */
    static boolean covers(Invocation invocation) {
        Tool tool = invocation.tool();
        CallOptions options = invocation.call().options();
        return tool.policy().cache().enabled()
                && tool.effect() != Effect.ONCE
                && options.cache() != CacheMode.BYPASS
                && options.inputResponses() == null
                && options.requestState() == null;
    }

    /** A tool that changes something runs only because somebody wants it now. */
    static boolean mayRunUnasked(Tool tool) {
        return tool.effect() == Effect.READ;
    }
}
