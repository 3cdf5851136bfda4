package io.toolstream.mcp.protocol;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.json.ArgumentValues;
import io.toolstream.mcp.json.ToolHeader;
import io.toolstream.mcp.json.ToolHeaders;
import io.toolstream.mcp.json.ToolHeadersReader;
import io.toolstream.mcp.transport.HttpFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments of a server's tools HTTP wants to see in fields of their own, as of the last list. A tool never seen is
 * called without; a server that minds says so, and the list is read again. Any thread.
 */
final class ToolBook {
    private static final String PREFIX = "Mcp-Param-";

    private final ToolHeadersReader reader;
    private final ArgumentValues values;
    private volatile Map<String, List<ToolHeader>> headers = Map.of();

    ToolBook(int depth) {
        this.reader = new ToolHeadersReader(depth, HttpFields::isName);
        this.values = new ArgumentValues(depth);
    }

    @Nullable
    String objection(ToolDefinition tool) {
        return reader.read(tool.inputSchema()).problem();
    }

    void listed(List<ToolDefinition> tools) {
        Map<String, List<ToolHeader>> fresh = new HashMap<>();
        for (ToolDefinition tool : tools) {
            ToolHeaders found = reader.read(tool.inputSchema());
            if (!found.headers().isEmpty()) {
                fresh.put(tool.name(), found.headers());
            }
        }
        headers = Map.copyOf(fresh);
    }

    HttpFields fields(HttpFields fields, String tool, JsonSlice arguments) {
        List<ToolHeader> wanted = headers.get(tool);
        if (wanted == null) {
            return fields;
        }
        Map<ToolHeader, String> found = values.read(arguments, wanted);
        HttpFields all = fields;
        for (ToolHeader header : wanted) {
            String value = found.get(header);
            all = value == null ? all : all.with(PREFIX + header.name(), HeaderText.of(value));
        }
        return all;
    }
}
