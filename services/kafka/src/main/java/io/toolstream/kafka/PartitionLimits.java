package io.toolstream.kafka;

/**
 * How much of one partition may stand behind unfinished records before it is paused.
 *
 * @param unsettled records read and not covered by the high watermark
 * @param waiting records that wait in lanes
 * @param waitingBytes their size
 */
record PartitionLimits(int unsettled, int waiting, long waitingBytes) {
    /** Where a paused partition goes on. */
    PartitionLimits half() {
        return new PartitionLimits(unsettled / 2 + 1, waiting / 2 + 1, waitingBytes / 2 + 1);
    }

    boolean areReached(int unsettledNow, Lanes lanes) {
        return unsettledNow >= unsettled || lanes.waiting() >= waiting || lanes.waitingBytes() >= waitingBytes;
    }
}
