package io.toolstream.mcp.raw;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls as tests make them. */
public final class Calls {
    private Calls() {}

    public static ToolRequest request(String tool) {
        return request(tool, Duration.ofSeconds(20));
    }

    public static ToolRequest request(String tool, Duration timeout) {
        return new ToolRequest(tool, JsonSlice.ofText("{\"n\":1}"), RequestMeta.NONE, timeout, null);
    }

    /** Calls and waits; the result as text. */
    public static String call(ToolServer server, String tool) {
        return server.call(request(tool)).join().json().text();
    }

    /** Waits for the failure, which is a plain one. */
    public static McpException failure(CompletableFuture<?> future) {
        Throwable thrown = future.handle((value, failure) -> failure).join();
        if (thrown instanceof McpException failure) {
            return failure;
        }
        throw new AssertionError("not a failure of the client", thrown);
    }
}
