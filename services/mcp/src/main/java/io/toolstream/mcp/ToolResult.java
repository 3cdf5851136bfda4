package io.toolstream.mcp;

/**
 * What a tool server answered.
 *
 * @param json the {@code result} member, as the bytes it came in
 * @param isError the result's {@code isError}
 */
public record ToolResult(JsonSlice json, boolean isError, ResultType type) {
    /** {@code resultType}; absent means complete. */
    public enum ResultType {
        COMPLETE,
        INPUT_REQUIRED
    }
}
