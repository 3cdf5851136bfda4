package io.toolstream.worker.mcp;

import io.toolstream.mcp.ToolServer;
import java.time.Duration;

/**
 * A tool server as the worker calls it.
 *
 * @param attemptLimit for one try, whatever the call's deadline allows
 * @param isChild whether it is a process of ours, which may exit
 */
public record Endpoint(ToolServer server, Duration attemptLimit, boolean isChild) {}
