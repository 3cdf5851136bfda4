package io.toolstream.wire;

/** Where the time of a call went, in ms: waiting on the topic and in the worker, executing, and both. */
public record Timings(long queueMs, long executeMs, long totalMs) {}
