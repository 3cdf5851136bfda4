package io.toolstream.cli.batch;

import org.jspecify.annotations.Nullable;

/**
 * The place of one result among the results.
 *
 * @param index from 0
 * @param line of the input, from 1
 * @param wrong why there is no call; null where there is one
 */
record Slot(long index, long line, String id, @Nullable String toolCallId, Item.@Nullable Wrong wrong) {}
