package io.toolstream.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the records of one key one behind the other, within one assignment. A record may be of several keys: it goes when
 * it is the first in all of its lanes. No two records can wait for each other, since each takes all of its places at
 * once, in the order of reading.
 *
 * <p>The poll thread owns it. A lane exists while a record is in it, so the memory is that of the records.
 */
final class Lanes {
    private final Map<String, LanePlace> last = new HashMap<>();
    private int waiting;
    private long waitingBytes;

    /** True if the record may go at once; else {@link #leave} of others will release it. */
    boolean enter(TrackedRecord record, Set<String> keys) {
        LanePlace[] places = new LanePlace[keys.size()];
        int next = 0;
        int behind = 0;
        for (String key : keys) {
            LanePlace place = new LanePlace(record, key);
            places[next++] = place;
            LanePlace before = last.put(key, place);
            if (before != null) {
                before.follow(place);
                behind++;
            }
        }
        record.takePlaces(new LaneTicket(places, behind));
        if (behind > 0) {
            waiting++;
            waitingBytes += record.bytes();
        }
        return behind == 0;
    }

    /** The record is over: frees its places, and tells who may go now. */
    void leave(LaneTicket ticket, Consumer<TrackedRecord> released) {
        for (LanePlace place : ticket.places()) {
            LanePlace next = place.next();
            if (next == null) {
                last.remove(place.key());
            } else if (next.record().ticket().isFirstEverywhere()) {
                waiting--;
                waitingBytes -= next.record().bytes();
                released.accept(next.record());
            }
        }
    }

    /** Records that wait for one before them. */
    int waiting() {
        return waiting;
    }

    long waitingBytes() {
        return waitingBytes;
    }
}
