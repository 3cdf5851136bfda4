package io.toolstream.kafka;

import java.time.Duration;

/**
 * How far one assigned partition has come. Offsets are those of the next record; -1 while none is known.
 *
 * @param committed acknowledged by the broker
 * @param highWatermark end of the completed prefix: what the next commit says
 * @param position end of what was read
 * @param unsettled records read and not covered by the high watermark
 * @param waiting those of them that wait for an earlier record of their lane
 * @param isPaused true while this partition alone stands still because {@code maxUnsettled} is reached or too much
 *     waits in its lanes
 * @param oldestUnfinishedAge since when the oldest unfinished record has been here; zero if there is none
 */
public record PartitionSnapshot(
        String topic,
        int partition,
        long committed,
        long highWatermark,
        long position,
        int unsettled,
        int waiting,
        boolean isPaused,
        Duration oldestUnfinishedAge) {}
