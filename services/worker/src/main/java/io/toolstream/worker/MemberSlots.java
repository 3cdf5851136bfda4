package io.toolstream.worker;

/**
 * How many members of batches there are at the same time, over all batches of a worker. The first bounds what they keep in
 * memory. The second is well below the places that calls may hold which nobody waits for: a member beyond these would not
 * wait its turn but be sent to the parked ones, and its whole record with it.
 *
 * @param unsettled begun, and not yet answered with everything acknowledged
 * @param running of those, the ones whose call has not ended
 */
record MemberSlots(CallSlots unsettled, CallSlots running) {
    /** @param maxInFlight calls that the worker takes and has not settled, at most */
    static MemberSlots of(int maxInFlight) {
        return new MemberSlots(new CallSlots(maxInFlight), new CallSlots(Math.max(1, maxInFlight / 2)));
    }
}
