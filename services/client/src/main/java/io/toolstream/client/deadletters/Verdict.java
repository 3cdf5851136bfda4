package io.toolstream.client.deadletters;

/** What a replay does with a dead letter that is meant. */
public enum Verdict {
    SENT_AGAIN("sent again"),
    RESOLVED("resolved"),
    REPLAYED_BEFORE("replayed before"),
    IN_ANOTHER_REPLAY("in another replay, which is not finished"),
    REPLAYED_TOO_OFTEN("replayed " + ReplayOrder.MOST_REPLAYS + " times, in vain"),
    NEEDS_CONFIRMATION("of tools that run once, or that nobody knows"),
    UNREADABLE("no call that can be read");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
