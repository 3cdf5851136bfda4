package io.toolstream.metrics;

/**
 * What this instance has done since its start; what was done again after a failure counts again.
 *
 * @param counted calls
 * @param again calls that were told of before, and left out
 * @param unreadable records, left out
 * @param tooLate calls whose window had been forgotten
 * @param published records
 */
public record MetricsSnapshot(long counted, long again, long unreadable, long tooLate, long published) {}
