package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.Progress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/** The {@code params} of {@code notifications/progress}, where the token is one of ours: a whole number. */
public record ProgressReport(long token, Progress progress) {
    private static final JsonFactory FACTORY = JsonCursor.factory(50);
    private static final int MESSAGE_CHARS = 1000;

    /** Empty if there is no token of ours or no progress in it. Never throws. */
    public static Optional<ProgressReport> read(JsonSlice params) {
        try (JsonCursor cursor = new JsonCursor(FACTORY, params.array(), params.offset(), params.length())) {
            cursor.next();
            return read(cursor);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<ProgressReport> read(JsonCursor cursor) {
        long token = -1;
        Double done = null;
        Double total = null;
        String message = null;
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            switch (name) {
                case "progressToken" -> token = cursor.number(-1);
                case "progress" -> done = cursor.real();
                case "total" -> total = cursor.real();
                case "message" -> message = cursor.text();
                default -> cursor.skip();
            }
        }
        return token < 0 || done == null
                ? Optional.empty()
                : Optional.of(new ProgressReport(token, new Progress(done, total, bounded(message))));
    }

    private static @Nullable String bounded(@Nullable String message) {
        return message == null || message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS);
    }
}
