package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/** The {@code result} of {@code initialize}, as far as a caller of tools needs it. */
public record InitializeAnswer(String protocolVersion, boolean offersTools) {
    private static final JsonFactory FACTORY = JsonCursor.factory(200);

    /** Empty if it names no protocol version. Never throws. */
    public static Optional<InitializeAnswer> read(JsonSlice result) {
        try (JsonCursor cursor = new JsonCursor(FACTORY, result.array(), result.offset(), result.length())) {
            cursor.next();
            return read(cursor);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<InitializeAnswer> read(JsonCursor cursor) {
        String version = null;
        boolean tools = false;
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            switch (name) {
                case "protocolVersion" -> version = cursor.text();
                case "capabilities" -> tools = offersTools(cursor);
                default -> cursor.skip();
            }
        }
        return version == null ? Optional.empty() : Optional.of(new InitializeAnswer(version, tools));
    }

    private static boolean offersTools(JsonCursor cursor) {
        boolean tools = false;
        if (!cursor.atObject()) {
            cursor.skip();
            return false;
        }
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            tools |= name.equals("tools") && !cursor.atNull();
            cursor.skip();
        }
        return tools;
    }
}
