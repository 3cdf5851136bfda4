package io.toolstream.mcp.json;

import io.toolstream.mcp.DroppedTool;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.ToolDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Reads the {@code result} of {@code tools/list}. Any thread; never throws. Entries are kept verbatim. */
public final class ToolPageReader {
    private static final int NAME_CHARS = 256;
    private static final long LONGEST_TTL_MILLIS = Duration.ofDays(1).toMillis();

    private final JsonFactory factory;

    public ToolPageReader(int depth) {
        this.factory = JsonCursor.factory(depth);
    }

    /** Empty if there is no list of tools in it. */
    public Optional<ToolPage> read(JsonSlice result) {
        try (JsonCursor cursor = new JsonCursor(factory, result.array(), result.offset(), result.length())) {
            cursor.next();
            return page(cursor);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<ToolPage> page(JsonCursor cursor) {
        boolean isList = false;
        String nextCursor = null;
        Duration timeToLive = null;
        boolean isShared = false;
        Entries entries = new Entries();
        for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
            if (name.equals("tools") && cursor.atArray()) {
                isList = true;
                entries.read(cursor);
                continue;
            }
            switch (name) {
                case "nextCursor" -> nextCursor = cursor.text();
                case "ttlMs" -> timeToLive = timeToLive(cursor);
                case "cacheScope" -> isShared = "public".equals(cursor.text());
                default -> cursor.skip();
            }
        }
        return isList
                ? Optional.of(new ToolPage(entries.tools, entries.dropped, nextCursor, timeToLive, isShared))
                : Optional.empty();
    }

    /** What is not positive means stale at once. */
    private static @Nullable Duration timeToLive(JsonCursor cursor) {
        long millis = cursor.number(Long.MIN_VALUE);
        return millis == Long.MIN_VALUE ? null : Duration.ofMillis(Math.min(LONGEST_TTL_MILLIS, Math.max(0, millis)));
    }

    private static final class Entries {
        private final List<ToolDefinition> tools = new ArrayList<>();
        private final List<DroppedTool> dropped = new ArrayList<>();

        void read(JsonCursor cursor) {
            while (cursor.next() != JsonToken.END_ARRAY) {
                if (cursor.atObject()) {
                    entry(cursor);
                } else {
                    cursor.skip();
                    dropped.add(new DroppedTool("", "an entry that is no object"));
                }
            }
        }

        private void entry(JsonCursor cursor) {
            int begin = cursor.begin();
            Entry entry = new Entry();
            for (String name = cursor.nextMember(); name != null; name = cursor.nextMember()) {
                entry.member(name, cursor);
            }
            JsonSlice json = cursor.sliceFrom(begin);
            String problem = entry.problem();
            if (problem == null) {
                tools.add(entry.definition(json));
            } else {
                dropped.add(new DroppedTool(entry.shortName(), problem));
            }
        }
    }

    /** What was seen of one tool so far. */
    private static final class Entry {
        private @Nullable String name;
        private @Nullable String description;
        private @Nullable JsonSlice inputSchema;
        private boolean isObjectSchema = true;
        private ToolDefinition.Annotations annotations = new ToolDefinition.Annotations(null, null, null, null);

        void member(String member, JsonCursor cursor) {
            switch (member) {
                case "name" -> name = cursor.text();
                case "description" -> description = cursor.text();
                case "inputSchema" -> inputSchema(cursor);
                case "annotations" -> annotations = annotations(cursor);
                default -> cursor.skip();
            }
        }

        /** A root without a type is let pass: it was common before the specification asked for one. */
        private void inputSchema(JsonCursor cursor) {
            if (!cursor.atObject()) {
                cursor.skip();
                isObjectSchema = false;
                return;
            }
            int begin = cursor.begin();
            for (String member = cursor.nextMember(); member != null; member = cursor.nextMember()) {
                if (member.equals("type")) {
                    isObjectSchema = "object".equals(cursor.text());
                } else {
                    cursor.skip();
                }
            }
            inputSchema = cursor.sliceFrom(begin);
        }

        private static ToolDefinition.Annotations annotations(JsonCursor cursor) {
            if (!cursor.atObject()) {
                cursor.skip();
                return new ToolDefinition.Annotations(null, null, null, null);
            }
            Boolean readOnly = null;
            Boolean destructive = null;
            Boolean idempotent = null;
            Boolean openWorld = null;
            for (String member = cursor.nextMember(); member != null; member = cursor.nextMember()) {
                switch (member) {
                    case "readOnlyHint" -> readOnly = cursor.truth();
                    case "destructiveHint" -> destructive = cursor.truth();
                    case "idempotentHint" -> idempotent = cursor.truth();
                    case "openWorldHint" -> openWorld = cursor.truth();
                    default -> cursor.skip();
                }
            }
            return new ToolDefinition.Annotations(readOnly, destructive, idempotent, openWorld);
        }

        @Nullable
        String problem() {
            if (name == null || name.isBlank()) {
                return "no name";
            }
            if (name.length() > NAME_CHARS) {
                return "a name of " + name.length() + " characters";
            }
            if (!isObjectSchema) {
                return "the root of inputSchema is not an object";
            }
            return inputSchema == null ? "no inputSchema" : null;
        }

        String shortName() {
            String given = name == null ? "" : name;
            return given.length() > NAME_CHARS ? given.substring(0, NAME_CHARS) : given;
        }

        ToolDefinition definition(JsonSlice json) {
            if (name == null || inputSchema == null) {
                throw new IllegalStateException("checked before");
            }
            return new ToolDefinition(name, description, inputSchema, annotations, json);
        }
    }
}
