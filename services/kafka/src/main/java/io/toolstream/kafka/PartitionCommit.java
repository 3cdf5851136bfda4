package io.toolstream.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** One partition's part of a commit: the next offset to read, and a {@link CommitNote} as text. */
record PartitionCommit(Assignment assignment, long offset, String note) {
    OffsetAndMetadata asTheirs() {
        return new OffsetAndMetadata(offset, note);
    }

    void acknowledged() {
        assignment.committed(this);
    }
}
