package io.toolstream.cli.batch;

import io.toolstream.client.ToolCall;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Priority;
import org.jspecify.annotations.Nullable;

/** What a line, or a part of it, asks for: one result each. */
sealed interface Item {
    /** The model's own id of the call, where it could be read. */
    @Nullable
    String toolCallId();

    /**
     * A call.
     *
     * @param server null: the tool's name tells it, or the command line does
     * @param priority null: what the command line says
     * @param call without its target
     */
    record Wanted(
            @Nullable String server,
            String tool,
            @Nullable Priority priority,
            Maker call,
            @Nullable String toolCallId) implements Item {}

    /**
     * Nothing that could be called.
     *
     * @param code as a worker would have answered
     * @param why what is wrong and where, and what was expected
     */
    record Wrong(ErrorCode code, String why, @Nullable String toolCallId) implements Item {
        Wrong(String why, @Nullable String toolCallId) {
            this(ErrorCode.INVALID_VALUE, why, toolCallId);
        }
    }

    /** Makes the call once its server and tool are known. */
    @FunctionalInterface
    interface Maker {
        ToolCall make(ToolCall bare);
    }
}
