package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON-RPC message as it came from a server. */
public sealed interface RpcMessage {
    /** The id of a message whose id is null or absent. */
    long NULL_ID = -1;

    /** The id of an answer whose id is none that we ever send: a text, a fraction, a negative or a huge number. */
    long FOREIGN_ID = -2;

    /** A response, good or bad. */
    sealed interface Response extends RpcMessage {
        long id();
    }

    /**
     * A response with a {@code result}, which is an object.
     *
     * @param resultType as sent, null if absent
     */
    record Answer(
            long id,
            JsonSlice result,
            boolean isError,
            @Nullable String resultType) implements Response {}

    /**
     * A response with an {@code error}.
     *
     * @param message bounded; written by the server
     */
    record Fault(
            long id, int code, String message, @Nullable JsonSlice data) implements Response {}

    /**
     * The server asks something.
     *
     * @param id verbatim, for the answer
     */
    record Request(JsonSlice id, String method, @Nullable JsonSlice params) implements RpcMessage {}

    /** The server tells something. */
    record Notice(String method, @Nullable JsonSlice params) implements RpcMessage {}

    /** Several messages at once, which 2025-03-26 allows. */
    record Batch(List<RpcMessage> messages) implements RpcMessage {}

    /** No message. The reason names a position and no content. */
    record Unreadable(String reason) implements RpcMessage {}
}
