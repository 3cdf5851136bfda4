package io.toolstream.metrics.stream;

import java.time.Duration;

/**
 * How the topology counts.
 *
 * @param lanes partitions between the two steps
 * @param grace after the end of a window, and after the last word on it, before its final record
 * @param retention for how long a window is kept that is final, for what comes late
 * @param toolsPerServer told apart by name
 */
public record StreamSettings(int lanes, Duration grace, Duration retention, int toolsPerServer) {}
