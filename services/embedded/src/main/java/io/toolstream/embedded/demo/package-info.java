/**
 * The tool server that comes along, so that {@code demo} and {@code dev} have something to call: small useful tools over
 * HTTP ({@link io.toolstream.embedded.demo.DemoToolServer}) and stdio ({@link io.toolstream.embedded.demo.DemoStdio}). An
 * ordinary MCP server that knows nothing of Toolstream; the worker reaches it like any other.
 *
 * <p>Two small threads take the HTTP requests; no tool blocks one.
 */
@NullMarked
package io.toolstream.embedded.demo;

import org.jspecify.annotations.NullMarked;
