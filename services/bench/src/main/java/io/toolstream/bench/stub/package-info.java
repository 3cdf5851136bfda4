/**
 * The instant tool server: MCP over HTTP/1.1 on loopback, one thread, no work behind its one tool.
 *
 * <p>Its protocol code is its own. It speaks what a client of the {@code initialize} era needs, sets no session and
 * offers no stream. Thread {@code stub} owns the selector and all connections.
 */
@NullMarked
package io.toolstream.bench.stub;

import org.jspecify.annotations.NullMarked;
