package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/** Takes single values out of arguments, as text. Any thread; never throws. */
public final class ArgumentValues {
    private final JsonFactory factory;

    public ArgumentValues(int depth) {
        this.factory = JsonCursor.factory(depth);
    }

    /** Texts as they are, whole numbers in decimal, {@code true} or {@code false}; what is absent or null is left out. */
    public Map<ToolHeader, String> read(JsonSlice arguments, List<ToolHeader> wanted) {
        Map<ToolHeader, String> found = new HashMap<>();
        try (JsonCursor cursor = new JsonCursor(factory, arguments.array(), arguments.offset(), arguments.length())) {
            cursor.next();
            object(cursor, 0, wanted, found);
        } catch (JacksonException e) {
            return Map.of();
        }
        return found;
    }

    /** @param wanted those whose path leads through this object, which is at that depth */
    private static void object(JsonCursor cursor, int depth, List<ToolHeader> wanted, Map<ToolHeader, String> found) {
        if (!cursor.atObject()) {
            cursor.skip();
            return;
        }
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            String member = name;
            List<ToolHeader> here = wanted.stream()
                    .filter(header -> header.path().size() > depth
                            && header.path().get(depth).equals(member))
                    .toList();
            if (here.isEmpty()) {
                cursor.skip();
            } else if (cursor.atObject()) {
                object(cursor, depth + 1, here, found);
            } else {
                value(cursor, depth + 1, here, found);
            }
        }
    }

    private static void value(JsonCursor cursor, int length, List<ToolHeader> wanted, Map<ToolHeader, String> found) {
        String text = scalar(cursor);
        for (ToolHeader header : wanted) {
            if (text != null && header.path().size() == length) {
                found.put(header, text);
            }
        }
    }

    private static @Nullable String scalar(JsonCursor cursor) {
        if (cursor.atNull() || cursor.atArray()) {
            cursor.skip();
            return null;
        }
        JsonSlice slice = cursor.slice();
        String raw = slice.text();
        return raw.startsWith("\"") ? cursor.text() : raw.equals("true") || raw.equals("false") ? raw : whole(raw);
    }

    /** Such as {@code 5.0} and {@code 5e0} are integers to JSON Schema. */
    private static @Nullable String whole(String number) {
        try {
            BigDecimal value = new BigDecimal(number);
            return value.scale() < -30 ? null : value.toBigIntegerExact().toString();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }
}
