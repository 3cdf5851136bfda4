package io.toolstream.mcp.protocol;

import io.toolstream.mcp.DroppedTool;
import io.toolstream.mcp.McpClientSettings.AnswerLimits;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolCatalogue;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.json.ToolPage;
import java.time.Duration;
import java.util.ArrayList;
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
 * pages or too many tools; begins again, once, when the server does not know its own cursor any more. One page is under
 * way at a time, so there is no concurrency.
 */
final class ToolListing {
    private final AnswerLimits limits;
    private final Function<@Nullable String, CompletableFuture<ToolPage>> pages;
    private final Complaints complaints;
    private final Map<String, ToolDefinition> tools = new LinkedHashMap<>();
    private final List<DroppedTool> dropped = new ArrayList<>();
    private final Set<String> cursors = new HashSet<>();
    private @Nullable Duration timeToLive;
    private boolean isShared = true;
    private boolean isComplete = true;
    private boolean wasBegunAgain;

    /** @param pages asks for the page at a cursor, the first at null */
    ToolListing(
            AnswerLimits limits, Function<@Nullable String, CompletableFuture<ToolPage>> pages, Complaints complaints) {
        this.limits = limits;
        this.pages = pages;
        this.complaints = complaints;
    }

    CompletableFuture<ToolCatalogue> read() {
        return from(null);
    }

    private CompletableFuture<ToolCatalogue> from(@Nullable String cursor) {
        return pages.apply(cursor)
                .thenCompose(this::read)
                .exceptionallyCompose(failure -> failed(cursor, Stages.cause(failure)));
    }

    private CompletableFuture<ToolCatalogue> read(ToolPage page) {
        page.dropped().forEach(this::drop);
        page.tools().forEach(this::add);
        timeToLive = shorter(timeToLive, page.timeToLive());
        isShared &= page.isShared();
        return isLast(page) ? CompletableFuture.completedFuture(catalogue()) : from(page.nextCursor());
    }

    private CompletableFuture<ToolCatalogue> failed(@Nullable String cursor, Throwable cause) {
        boolean isBadCursor =
                cursor != null && cause instanceof McpException known && known.kind() == Kind.INVALID_PARAMS;
        if (!isBadCursor || wasBegunAgain) {
            return CompletableFuture.failedFuture(cause);
        }
        wasBegunAgain = true;
        tools.clear();
        dropped.clear();
        cursors.clear();
        timeToLive = null;
        isShared = true;
        return from(null);
    }

    private ToolCatalogue catalogue() {
        return new ToolCatalogue(List.copyOf(tools.values()), dropped, timeToLive, isShared, isComplete);
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    private void add(ToolDefinition tool) {
        if (tools.size() < limits.tools() && tools.putIfAbsent(tool.name(), tool) != null) {
            drop(new DroppedTool(tool.name(), "listed twice"));
        }
    }

    /** Bounded like the tools. */
    private void drop(DroppedTool tool) {
        complaints.droppedTool(tool);
        if (dropped.size() < limits.tools()) {
            dropped.add(tool);
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
        isComplete = false;
        complaints.listEndedEarly(why);
        return true;
    }
}
