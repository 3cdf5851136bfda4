package io.toolstream.kafka;

import org.jspecify.annotations.Nullable;

/** One record's place in the lane of one key. The poll thread changes it; any thread may ask who follows. */
final class LanePlace {
    private final TrackedRecord record;
    private final String key;
    private volatile @Nullable LanePlace next;

    LanePlace(TrackedRecord record, String key) {
        this.record = record;
        this.key = key;
    }

    TrackedRecord record() {
        return record;
    }

    String key() {
        return key;
    }

    @Nullable
    LanePlace next() {
        return next;
    }

    void follow(LanePlace follower) {
        next = follower;
    }
}
