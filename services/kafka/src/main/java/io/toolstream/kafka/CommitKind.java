package io.toolstream.kafka;

/** What a commit is for. */
enum CommitKind {
    /** To say how far the records are done. */
    PROGRESS,
    /** To be allowed to hand over more: says what will be in flight. */
    MARK,
    /** To give the partition back in good order. */
    RELEASE
}
