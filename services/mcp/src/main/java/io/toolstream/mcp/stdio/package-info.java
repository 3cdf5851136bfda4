/**
 * MCP over stdin and stdout of a supervised child. {@code StdioTransport} is the door and decides about starts; a
 * {@code Child} is one process with three daemon threads: {@code stdio-<server>-out} starts it, reads its answers and
 * sees it end, {@code -in} writes, {@code -err} drains. Time limits and signals come from {@code stdio-timer}.
 */
@NullMarked
package io.toolstream.mcp.stdio;

import org.jspecify.annotations.NullMarked;
