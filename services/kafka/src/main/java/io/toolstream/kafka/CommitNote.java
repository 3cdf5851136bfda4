package io.toolstream.kafka;

/**
 * What a commit says beside its offset, for whoever takes the partition next.
 *
 * @param done offsets at or beyond the committed one whose records are done all the same
 */
record CommitNote(OffsetRuns done) {
    static final CommitNote NONE = new CommitNote(OffsetRuns.NONE);

    boolean isEmpty() {
        return done.isEmpty();
    }
}
