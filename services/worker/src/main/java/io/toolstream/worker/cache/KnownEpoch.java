package io.toolstream.worker.cache;

/**
 * The last that was heard of a tool's epoch.
 *
 * @param isSure whether it was still the last a second ago; if not, there may be a later one, and only what was asked for
 *     within the last second is surely no older than it may be
 */
public record KnownEpoch(Epoch epoch, boolean isSure) {}
