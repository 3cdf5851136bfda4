package io.toolstream.kafka;

/** The places of one record in its lanes. The poll thread changes it; any thread may ask whether it is awaited. */
final class LaneTicket {
    private final LanePlace[] places;
    private int behind;

    /** @param behind in how many lanes somebody goes before it */
    LaneTicket(LanePlace[] places, int behind) {
        this.places = places;
        this.behind = behind;
    }

    LanePlace[] places() {
        return places;
    }

    /** One of those before it is over. True if that was the last. */
    boolean isFirstEverywhere() {
        behind--;
        return behind == 0;
    }

    /** True if somebody waits for this record. */
    boolean isAwaited() {
        for (LanePlace place : places) {
            if (place.next() != null) {
                return true;
            }
        }
        return false;
    }
}
