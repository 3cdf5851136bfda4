package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/** The {@code result} of {@code initialize}, as far as a caller of tools needs it. */
public record InitializeAnswer(String protocolVersion, boolean offersTools, boolean announcesTools) {
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
        Tools tools = Tools.NONE;
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            switch (name) {
                case "protocolVersion" -> version = cursor.text();
                case "capabilities" -> tools = Tools.ofCapabilities(cursor);
                default -> cursor.skip();
            }
        }
        return version == null
                ? Optional.empty()
                : Optional.of(new InitializeAnswer(version, tools.isThere(), tools.isAnnounced()));
    }

    /** What a server says of its tools in {@code capabilities}. */
    private record Tools(boolean isThere, boolean isAnnounced) {
        static final Tools NONE = new Tools(false, false);

        static Tools ofCapabilities(JsonCursor cursor) {
            Tools tools = NONE;
            if (!cursor.atObject()) {
                cursor.skip();
                return tools;
            }
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                if (name.equals("tools") && !cursor.atNull()) {
                    tools = new Tools(true, isAnnounced(cursor));
                } else {
                    cursor.skip();
                }
            }
            return tools;
        }

        private static boolean isAnnounced(JsonCursor cursor) {
            boolean isAnnounced = false;
            if (!cursor.atObject()) {
                cursor.skip();
                return false;
            }
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                isAnnounced |= name.equals("listChanged") && Boolean.TRUE.equals(cursor.truth());
                cursor.skip();
            }
            return isAnnounced;
        }
    }
}
