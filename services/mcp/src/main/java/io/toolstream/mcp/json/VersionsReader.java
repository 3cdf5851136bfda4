package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Reads lists of protocol versions. Any thread; never throws. */
public final class VersionsReader {
    private static final JsonFactory FACTORY = JsonCursor.factory(200);
    private static final int MAX_VERSIONS = 100;

    private VersionsReader() {}

    /** The texts of an object's member, or none: {@code supportedVersions} of discover, {@code supported} of an error. */
    public static List<String> read(JsonSlice object, String member) {
        try (JsonCursor cursor = new JsonCursor(FACTORY, object.array(), object.offset(), object.length())) {
            cursor.next();
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                if (name.equals(member) && cursor.atArray()) {
                    return texts(cursor);
                }
                cursor.skip();
            }
            return List.of();
        } catch (JacksonException e) {
            return List.of();
        }
    }

    private static List<String> texts(JsonCursor cursor) {
        List<String> texts = new ArrayList<>();
        while (cursor.next() != JsonToken.END_ARRAY) {
            String text = cursor.text();
            if (text != null && texts.size() < MAX_VERSIONS) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }
}
