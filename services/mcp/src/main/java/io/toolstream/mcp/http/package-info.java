/**
 * Streamable HTTP over HTTP/1.1 and HTTP/2: a pool per server, one slice per event loop, without locks. A connection
 * carries one request ({@code HttpConnection}) or many ({@code SharedConnection}). On top of the pool stand streams that
 * are resumed and the transport of 2024-11-05 ({@code EventStreamLink}). {@code HttpTransport} is the door; everything
 * else runs on {@code io-n} and asserts it.
 */
@NullMarked
package io.toolstream.mcp.http;

import org.jspecify.annotations.NullMarked;
