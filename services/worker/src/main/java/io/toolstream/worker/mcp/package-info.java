/**
 * The innermost stage: an invocation becomes one request to a tool server. The only place of the worker that knows what
 * goes wrong between a client and a tool server ({@link io.toolstream.worker.mcp.McpFailures}) and the only one that hops
 * from the connection's thread to {@code call-n}.
 */
@NullMarked
package io.toolstream.worker.mcp;

import org.jspecify.annotations.NullMarked;
