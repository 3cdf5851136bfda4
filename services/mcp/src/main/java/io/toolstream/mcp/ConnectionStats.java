package io.toolstream.mcp;

/**
 * Connections of one tool server since its start, and now. For stdio a connection is a child process.
 *
 * @param opened connections established
 * @param reused requests that went over a connection used before
 * @param establishNanos total time spent in establishing
 */
public record ConnectionStats(long opened, long reused, int inUse, int idle, int waiting, long establishNanos) {}
