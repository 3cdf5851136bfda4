package io.toolstream.mcp;

import org.jspecify.annotations.Nullable;

/**
 * A tool server asks its client for something.
 *
 * @param server the name of the server, as the operator gave it
 * @param params as the server wrote them: not to be trusted
 */
public record InputRequest(
        String server, InputKind kind, @Nullable JsonSlice params) {}
