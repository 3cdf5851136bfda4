/**
 * Tool servers as the operator's {@code mcp.json} lists them: the file people already have, taken as it is.
 *
 * <p>Called at start, on the main thread. Reads files, starts and connects nothing.
 */
@NullMarked
package io.toolstream.settings.servers;

import org.jspecify.annotations.NullMarked;
