/**
 * JSON-RPC and MCP messages, bytes in, values out: the only package that has seen Jackson. Called on I/O threads;
 * blocks never, throws never, allocates little. A {@code result} is found in one streaming pass and passed on as the
 * bytes it came in.
 */
@NullMarked
package io.toolstream.mcp.json;

import org.jspecify.annotations.NullMarked;
