package io.toolstream.client.deadletters;

/** What a replay does with a dead letter that is meant; each such letter gets one. */
public enum Verdict {
    /** It sends the call, or would. */
    SENT_AGAIN("sent again"),
    /** Leaves it: somebody said that it needs nothing. */
    RESOLVED("resolved"),
    /** Leaves it, unless told {@link ReplayOrder#again()}. */
    REPLAYED_BEFORE("replayed before"),
    /** Leaves it to a replay that was begun earlier and is not finished. */
    IN_ANOTHER_REPLAY("in another replay, which is not finished"),
    /** Leaves it, see {@link ReplayOrder#MOST_REPLAYS}. */
    REPLAYED_TOO_OFTEN("replayed " + ReplayOrder.MOST_REPLAYS + " times, in vain"),
    /** Leaves it, unless told {@link ReplayOrder#confirmed()}: its tool runs once, or no worker tells of it. */
    NEEDS_CONFIRMATION("of tools that run once, or that nobody knows"),
    /** Leaves it: what failed was no call that can be read. */
    UNREADABLE("no call that can be read"),
    /** Would send it, and cannot: its topic is gone, not permitted, or takes no call as large. See {@link Refused}. */
    CANNOT_BE_SENT("cannot be sent");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
