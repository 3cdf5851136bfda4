package io.toolstream.worker.parking;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.ParkedEntry.Wanted;

/**
 * That a call may wait, and for what.
 *
 * @param dueMillis epoch ms from which on it is tried again
 * @param deadlineMillis epoch ms of its own deadline
 * @param code why it waits
 */
public record Stay(Wanted wanted, long dueMillis, long deadlineMillis, ErrorCode code) {}
