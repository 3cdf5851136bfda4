package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * The key of an entry of the compacted catalogue topic: a server, a tool of a server, or a server as one worker finds it.
 *
 * @param tool null unless it is one
 * @param worker null unless it is a worker's view
 */
public record CatalogueKey(
        String server, @Nullable String tool, @Nullable String worker) {
    public CatalogueKey(String server, @Nullable String tool) {
        this(server, tool, null);
    }
}
