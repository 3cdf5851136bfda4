package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** The key of an entry of the compacted catalogue topic: a server, or a tool of a server. */
public record CatalogueKey(String server, @Nullable String tool) {}
