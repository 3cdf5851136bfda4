/**
 * The MCP client configuration of mistral.rs, read as mistral.rs reads it, and turned into an {@code mcp.json} and settings.
 *
 * <p>Called by a command, on its thread. Reads one file; writes, starts and connects nothing.
 */
@NullMarked
package io.toolstream.settings.mistral;

import org.jspecify.annotations.NullMarked;
