package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** The texts, lists of texts and whole numbers at the root of a JSON object; other members are left out. */
public final class FlatDocument {
    private static final JsonFactory FACTORY = JsonCursor.factory(50);
    private static final int MOST = 1000;

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();

    private FlatDocument() {}

    /** Empty at what is no JSON object. Never throws. */
    public static Optional<FlatDocument> read(byte[] json) {
        return read(JsonSlice.of(json));
    }

    /** Empty at what is no JSON object. Never throws. */
    public static Optional<FlatDocument> read(JsonSlice json) {
        try (JsonCursor cursor = new JsonCursor(FACTORY, json.array(), json.offset(), json.length())) {
            cursor.next();
            if (!cursor.atObject()) {
                return Optional.empty();
            }
            FlatDocument document = new FlatDocument();
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                document.member(name, cursor);
            }
            return Optional.of(document);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private void member(String name, JsonCursor cursor) {
        if (cursor.atArray()) {
            List<String> texts = new ArrayList<>();
            while (cursor.next() != JsonToken.END_ARRAY) {
                String text = cursor.text();
                if (text != null && texts.size() < MOST) {
                    texts.add(text);
                }
            }
            lists.put(name, texts);
            return;
        }
        if (cursor.atObject()) {
            cursor.skip();
            return;
        }
        JsonSlice raw = cursor.slice();
        String text = cursor.text();
        if (text != null) {
            texts.put(name, text);
        } else {
            number(raw.text()).ifPresent(number -> numbers.put(name, number));
        }
    }

    private static Optional<Long> number(String raw) {
        return raw.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(raw)) : Optional.empty();
    }

    public @Nullable String text(String name) {
        return texts.get(name);
    }

    /** Null if there is no such list, which may mean something else than an empty one. */
    public @Nullable List<String> list(String name) {
        return lists.get(name);
    }

    public long number(String name, long otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }
}
