package io.toolstream.cli.batch;

import io.toolstream.client.Catalogue;
import io.toolstream.client.ToolCall;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives calls their names and their server. The id and the idempotency key of a call are those of its batch and its place,
 * so that a run that goes on sends the same calls again, and tools that run once are not run again for it.
 */
final class CallMaker {
    private final String batchId;
    private final @Nullable String server;
    private final Supplier<Catalogue> catalogue;
    private @Nullable Catalogue known;

    /** @param server of tools whose name does not tell it; the catalogue is asked for only if there is one */
    CallMaker(String batchId, @Nullable String server, Supplier<Catalogue> catalogue) {
        this.batchId = batchId;
        this.server = server;
        this.catalogue = catalogue;
    }

    String id(long index) {
        return batchId + "-" + index;
    }

    ToolCall call(Item.Wanted wanted, long index) {
        ToolCall bare = target(wanted).id(id(index)).idempotencyKey(id(index));
        return wanted.call().make(bare);
    }

    private ToolCall target(Item.Wanted wanted) {
        String named = wanted.server();
        if (named == null && server != null && !tellsItsServer(wanted.tool())) {
            named = server;
        }
        return named == null ? ToolCall.of(wanted.tool()) : ToolCall.of(named, wanted.tool());
    }

    private boolean tellsItsServer(String tool) {
        Catalogue asked = known;
        if (asked == null) {
            asked = catalogue.get();
            known = asked;
        }
        return asked.tool(tool).isPresent();
    }
}
