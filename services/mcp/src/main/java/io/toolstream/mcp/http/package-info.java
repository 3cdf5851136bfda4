/**
 * Streamable HTTP over HTTP/1.1: a kept-alive pool per server, one slice per event loop, without locks. {@code
 * HttpTransport} is the door; everything else runs on {@code io-n} and asserts it.
 */
@NullMarked
package io.toolstream.mcp.http;

import org.jspecify.annotations.NullMarked;
