/**
 * The stages that know tool servers: {@link io.toolstream.worker.mcp.RoutingInvoker} finds the chain of the call's own
 * server, and the innermost one, {@link io.toolstream.worker.mcp.McpInvoker}, makes one request to one endpoint of it. The
 * only place of the worker that knows what goes wrong between a client and a tool server
 * ({@link io.toolstream.worker.mcp.McpFailures}) and the only one that hops from the connection's thread to {@code call-n}.
 */
@NullMarked
package io.toolstream.worker.mcp;

import org.jspecify.annotations.NullMarked;
