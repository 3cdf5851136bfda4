package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import org.jspecify.annotations.Nullable;

/** The {@code error} of a response; or, where a proxy or an authorization server answered, something else of that name. */
record FaultReader(
        boolean isFault, int code, String message, @Nullable JsonSlice data) {
    private static final int MESSAGE_CHARS = 1000;
    private static final FaultReader NONE = new FaultReader(false, 0, "", null);

    /** Reads the value at the cursor. */
    static FaultReader read(JsonCursor cursor) {
        if (!cursor.atObject()) {
            cursor.skip();
            return NONE;
        }
        long code = Long.MIN_VALUE;
        String message = null;
        JsonSlice data = null;
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            switch (name) {
                case "code" -> code = cursor.number(Long.MIN_VALUE);
                case "message" -> message = cursor.text();
                case "data" -> data = cursor.slice();
                default -> cursor.skip();
            }
        }
        boolean isCode = code >= Integer.MIN_VALUE && code <= Integer.MAX_VALUE;
        return isCode ? new FaultReader(true, (int) code, bounded(message), data) : NONE;
    }

    static String bounded(@Nullable String message) {
        if (message == null) {
            return "";
        }
        return message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS) + "…";
    }
}
