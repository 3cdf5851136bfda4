package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpClientSettings.AnswerLimits;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.json.ToolPage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One reading of {@code tools/list}, page after page. Ends early, with a complaint, at a cursor seen before, too many
 * pages or too many tools. One page is under way at a time, so there is no concurrency.
 */
final class ToolListing {
    private final AnswerLimits limits;
    private final Function<@Nullable String, CompletableFuture<ToolPage>> pages;
    private final Complaints complaints;
    private final Map<String, ToolDefinition> tools = new LinkedHashMap<>();
    private final Set<String> cursors = new HashSet<>();

    /** @param pages asks for the page at a cursor, the first at null */
    ToolListing(
            AnswerLimits limits, Function<@Nullable String, CompletableFuture<ToolPage>> pages, Complaints complaints) {
        this.limits = limits;
        this.pages = pages;
        this.complaints = complaints;
    }

    CompletableFuture<List<ToolDefinition>> read() {
        return from(null);
    }

    private CompletableFuture<List<ToolDefinition>> from(@Nullable String cursor) {
        return pages.apply(cursor).thenCompose(page -> {
            page.dropped().forEach(complaints::droppedTool);
            page.tools().forEach(this::add);
            return isLast(page)
                    ? CompletableFuture.completedFuture(List.copyOf(tools.values()))
                    : from(page.nextCursor());
        });
    }

    private void add(ToolDefinition tool) {
        if (tools.size() < limits.tools() && tools.putIfAbsent(tool.name(), tool) != null) {
            complaints.droppedTool(tool.name() + ": listed twice");
        }
    }

    private boolean isLast(ToolPage page) {
        String next = page.nextCursor();
        if (next == null) {
            return true;
        }
        if (tools.size() >= limits.tools()) {
            return endEarly("more than " + limits.tools() + " tools");
        }
        if (cursors.size() + 1 >= limits.pages()) {
            return endEarly("more than " + limits.pages() + " pages");
        }
        return !cursors.add(next) && endEarly("a cursor that came before");
    }

    private boolean endEarly(String why) {
        complaints.listEndedEarly(why);
        return true;
    }
}
