package io.toolstream.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools of one server and the pages they are listed on. */
final class Tools {
    private final Map<String, ScriptedTool> byName = new LinkedHashMap<>();
    private final int pageSize;

    Tools(int pageSize) {
        this.pageSize = pageSize;
        BuiltInTools.all().forEach(this::put);
    }

    synchronized void put(ScriptedTool tool) {
        byName.put(tool.name(), tool);
    }

    synchronized void remove(String name) {
        byName.remove(name);
    }

    synchronized @Nullable ScriptedTool named(String name) {
        return byName.get(name);
    }

    /** A page as a result, or nothing if the cursor is none of ours. */
    synchronized @Nullable String page(@Nullable String cursor) {
        List<ScriptedTool> all = new ArrayList<>(byName.values());
        int start = cursor == null ? 0 : position(cursor);
        if (start < 0 || start > all.size()) {
            return null;
        }
        int end = (int) Math.min(all.size(), (long) start + pageSize);
        String tools = String.join(
                ",",
                all.subList(start, end).stream().map(ScriptedTool::definition).toList());
        String next = end < all.size() ? ",\"nextCursor\":\"at-" + end + "\"" : "";
        return "{\"tools\":[" + tools + "]" + next + "}";
    }

    private static int position(String cursor) {
        return cursor.matches("at-[0-9]{1,9}") ? Integer.parseInt(cursor.substring(3)) : -1;
    }
}
