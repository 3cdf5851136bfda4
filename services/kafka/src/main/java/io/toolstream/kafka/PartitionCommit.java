package io.toolstream.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One partition's part of a commit: the next offset to read, and a {@link CommitNote} as text.
 *
 * @param take the one that the note tells of
 * @param covered how many records handed over under the assignment are done and told of here
 */
record PartitionCommit(
        Assignment assignment,
        long offset,
        String note,
        @Nullable Take take,
        long covered) {
    OffsetAndMetadata asTheirs() {
        return new OffsetAndMetadata(offset, note);
    }

    void acknowledged() {
        assignment.committed(this);
    }
}
