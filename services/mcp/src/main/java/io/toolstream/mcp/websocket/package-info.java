/**
 * MCP over one WebSocket per server (RFC 6455): a custom transport, described in {@code docs/mcp-transports.md}. Many
 * requests are under way on a socket and matched by id. {@code WebSocketTransport} is the door; a {@code WebSocketLink}
 * belongs to its event loop {@code io-n}.
 */
@NullMarked
package io.toolstream.mcp.websocket;

import org.jspecify.annotations.NullMarked;
