package io.toolstream.mcp;

import org.jspecify.annotations.Nullable;

/**
 * How far a tool has got, by its own account.
 *
 * @param done grows from one report to the next
 * @param total as far as it is known
 */
public record Progress(
        double done, @Nullable Double total, @Nullable String message) {}
