/**
 * The seam between what is said to a tool server ({@code protocol}) and how it gets there ({@code http}, {@code
 * stdio}): a {@link io.toolstream.mcp.transport.Transport} makes links, a {@link io.toolstream.mcp.transport.Link}
 * takes a JSON-RPC message and gives the matching answer. Any thread may call; replies come on I/O threads; nothing
 * blocks or throws.
 */
@NullMarked
package io.toolstream.mcp.transport;

import org.jspecify.annotations.NullMarked;
