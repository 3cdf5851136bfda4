/**
 * How a connection to a host is made and watched, whatever is spoken over it: names, addresses, TLS, what was offered and
 * chosen, deadlines in an event loop. Called by the transports over sockets; runs on {@code io-n}, blocks never.
 */
@NullMarked
package io.toolstream.mcp.tcp;

import org.jspecify.annotations.NullMarked;
