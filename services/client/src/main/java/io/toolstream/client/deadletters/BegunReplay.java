package io.toolstream.client.deadletters;

import io.toolstream.wire.ReplayEntry.Planned;
import org.jspecify.annotations.Nullable;

/**
 * A replay that was begun.
 *
 * @param planned as it was begun: by whom, when and why, which letters and how
 * @param sent calls sent so far; exact unless a call is told of twice with 20,000 others between
 * @param isEnded otherwise it is under way, or was killed or interrupted
 * @param stoppedBecause null where it sent all, or is not ended
 */
public record BegunReplay(
        Planned planned,
        long sent,
        boolean isEnded,
        @Nullable String stoppedBecause) {}
