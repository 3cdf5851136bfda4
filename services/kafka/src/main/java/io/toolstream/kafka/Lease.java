package io.toolstream.kafka;

/** One assignment of one partition to this process, from assigned to revoked or lost. Any thread may ask. */
@FunctionalInterface
public interface Lease {
    /** False from the moment the partition is revoked or lost; never true again. */
    boolean isHeld();
}
