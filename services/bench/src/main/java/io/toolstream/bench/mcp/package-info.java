/**
 * The MCP client alone: each of its transports against a server that answers at once, and the official Java SDK against
 * the same one, interleaved in one run. Called by the command line; blocks its thread.
 */
@NullMarked
package io.toolstream.bench.mcp;

import org.jspecify.annotations.NullMarked;
