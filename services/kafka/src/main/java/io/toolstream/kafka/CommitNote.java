package io.toolstream.kafka;

import org.jspecify.annotations.Nullable;

/**
 * What a commit says beside its offset, for whoever takes the partition next.
 *
 * @param done offsets at or beyond the committed one whose records are done all the same
 * @param history what is known of crashes
 * @param take the engine that has the partition, null if it was given back
 */
record CommitNote(
        OffsetRuns done, CrashHistory history, @Nullable Take take) {
    static final CommitNote NONE = new CommitNote(OffsetRuns.NONE, CrashHistory.NONE, null);

    boolean isEmpty() {
        return done.isEmpty() && history.onceEnd() == 0 && take == null;
    }
}
