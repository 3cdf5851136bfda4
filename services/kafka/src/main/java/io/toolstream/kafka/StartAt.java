package io.toolstream.kafka;

/** Where a {@link PartitionTail} begins to read. */
public enum StartAt {
    /** With what is produced from now on. */
    END,
    /** With the oldest record there is. */
    BEGINNING
}
