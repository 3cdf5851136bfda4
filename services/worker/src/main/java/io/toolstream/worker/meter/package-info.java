/**
 * What the worker measures, in Micrometer's words; the only package of the worker that knows Micrometer.
 *
 * <p>Names follow OpenTelemetry's conventions for messaging and MCP where those have one (2026, status Development), else
 * begin with {@code toolstream}. Labels are bounded: names of tools come from the catalogue, never from callers, and beyond
 * a number of tools all others are one. Any thread; nothing blocks.
 */
@NullMarked
package io.toolstream.worker.meter;

import org.jspecify.annotations.NullMarked;
