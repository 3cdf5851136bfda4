package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.client.Catalogue;
import io.toolstream.client.ToolCall;
import io.toolstream.settings.source.DidYouMean;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.Priority;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives calls their names and their server. The id and the idempotency key of a call are those of its batch and its place,
 * so that a run that goes on sends the same calls again, and tools that run once are not run again for it.
 */
final class CallMaker {
    /** What stands between server and tool in the names that models use. */
    private static final List<String> SEPARATORS = List.of("__", ".", "/", ":");

    private final String batchId;
    private final @Nullable String server;
    private final Priority priority;
    private final Supplier<Catalogue> catalogue;
    private @Nullable Catalogue known;

    /** @param catalogue asked for only where the command line names a server */
    CallMaker(String batchId, BatchRequest.Wishes wishes, Supplier<Catalogue> catalogue) {
        this.batchId = batchId;
        this.server = wishes.server();
        this.priority = wishes.priority();
        this.catalogue = catalogue;
    }

    String id(long index) {
        return batchId + "-" + index;
    }

    ToolCall call(Item.Wanted wanted, long index) {
        Priority own = wanted.priority();
        ToolCall bare = target(wanted).id(id(index)).idempotencyKey(id(index)).priority(own == null ? priority : own);
        return wanted.call().make(bare);
    }

    private ToolCall target(Item.Wanted wanted) {
        String named = wanted.server();
        if (named == null && server != null && !tellsItsServer(wanted.tool())) {
            named = server;
        }
        return named == null ? ToolCall.of(wanted.tool()) : ToolCall.of(named, wanted.tool());
    }

    /** By the catalogue; where that does not know the tool (yet), by how its name begins: the worker finds out. */
    private boolean tellsItsServer(String tool) {
        return catalogue().tool(tool).isPresent()
                || (catalogue().tool(String.valueOf(server), tool).isEmpty()
                        && SEPARATORS.stream().anyMatch(separator -> isOfServer(tool, separator)));
    }

    private boolean isOfServer(String tool, String separator) {
        return tool.startsWith(server + separator) || tool.startsWith("mcp__" + server + separator);
    }

    private Catalogue catalogue() {
        Catalogue asked = known;
        if (asked == null) {
            asked = catalogue.get();
            known = asked;
        }
        return asked;
    }

    /**
     * Looks for the server that the command line names: a slip there would be a failure of every call.
     *
     * @throws CommandFailure where the catalogue knows servers, and not this one
     */
    void requireServer() {
        if (server == null) {
            return;
        }
        List<String> names = catalogue().servers().stream().map(OfServer::name).toList();
        if (!names.isEmpty() && !names.contains(server)) {
            String hint = DidYouMean.hint(names, server);
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--server " + server + ": there is no such tool server"
                            + (hint.isEmpty() ? "; there is: " + String.join(", ", names) : hint));
        }
    }
}
