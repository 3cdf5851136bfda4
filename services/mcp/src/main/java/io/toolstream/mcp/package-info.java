/**
 * A pooled MCP (Model Context Protocol) client: the view of a tool server over its transports and connections.
 *
 * <p>A library of its own: knows nothing of Kafka or of our topics. Threads: {@code io-n} (Netty) owns its channels and
 * its slice of each pool; futures complete there, and whoever continues on them must not block.
 */
@NullMarked
package io.toolstream.mcp;

import org.jspecify.annotations.NullMarked;
