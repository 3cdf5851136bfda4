package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds {@code x-mcp-header} in an input schema and checks the rules of 2026-07-28: a token as name, unique whatever its
 * case, on a text, an integer or a truth value, and reachable from the root through {@code properties} alone. Any thread;
 * never throws.
 */
public final class ToolHeadersReader {
    private static final String MARK = "x-mcp-header";
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

    private final JsonFactory factory;
    private final Predicate<String> isToken;

    /** @param isToken whether a name can be part of an HTTP field's name */
    public ToolHeadersReader(int depth, Predicate<String> isToken) {
        this.factory = JsonCursor.factory(depth);
        this.isToken = isToken;
    }

    public ToolHeaders read(JsonSlice inputSchema) {
        if (!inputSchema.text().contains(MARK)) {
            return ToolHeaders.NONE;
        }
        try (JsonCursor cursor =
                new JsonCursor(factory, inputSchema.array(), inputSchema.offset(), inputSchema.length())) {
            cursor.next();
            Walk walk = new Walk();
            walk.schema(cursor, List.of(), true);
            return new ToolHeaders(walk.headers, walk.problem);
        } catch (JacksonException e) {
            return new ToolHeaders(List.of(), "inputSchema is not JSON");
        }
    }

    /** One pass over one schema. */
    private final class Walk {
        private final List<ToolHeader> headers = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private @Nullable String problem;

        /** @param isReachable whether only {@code properties} lie between the root and here */
        void schema(JsonCursor cursor, List<String> path, boolean isReachable) {
            if (!cursor.atObject()) {
                elements(cursor, path);
                return;
            }
            String type = null;
            String mark = null;
            boolean isMarked = false;
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                switch (name) {
                    case "properties" -> properties(cursor, path, isReachable);
                    case "type" -> type = cursor.text();
                    case MARK -> {
                        isMarked = true;
                        mark = cursor.text();
                    }
                    default -> other(cursor, path, name);
                }
            }
            if (isMarked) {
                marked(mark, type, path, isReachable && !path.isEmpty());
            }
        }

        private void properties(JsonCursor cursor, List<String> path, boolean isReachable) {
            if (!cursor.atObject()) {
                cursor.skip();
                return;
            }
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                List<String> longer = new ArrayList<>(path);
                longer.add(name);
                schema(cursor, longer, isReachable);
            }
        }

        private void other(JsonCursor cursor, List<String> path, String name) {
            if (DATA.contains(name)) {
                cursor.skip();
            } else {
                schema(cursor, path, false);
            }
        }

        private void elements(JsonCursor cursor, List<String> path) {
            if (!cursor.atArray()) {
                cursor.skip();
                return;
            }
            while (cursor.next() != JsonToken.END_ARRAY) {
                schema(cursor, path, false);
            }
        }

        private void marked(@Nullable String name, @Nullable String type, List<String> path, boolean isReachable) {
            if (!isReachable) {
                complain("is not reachable through properties alone");
            } else if (name == null || !isToken.test(name)) {
                complain("is no HTTP token");
            } else if (type == null || !TYPES.contains(type)) {
                complain(name + " is not on a string, an integer or a boolean");
            } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
                complain(name + " occurs twice");
            } else {
                headers.add(new ToolHeader(name, path));
            }
        }

        private void complain(String what) {
            if (problem == null) {
                problem = MARK + " " + what;
            }
        }
    }
}
