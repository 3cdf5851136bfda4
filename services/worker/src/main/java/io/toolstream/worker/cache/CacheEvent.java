package io.toolstream.worker.cache;

/** What became of a call of a tool whose answers are kept; as a label its {@link #text()}. */
public enum CacheEvent {
    /** Answered from this worker's memory. */
    L1("l1"),
    /** Answered from the shared store. */
    L2("l2"),
    /** Answered together with an equal call that was under way. */
    COALESCED("coalesced"),
    /** Answered with what had been good until a while ago, and a fresh answer is being fetched. */
    STALE("stale"),
    /** Answered with what had been good until a while ago, because the tool server failed. */
    STALE_IF_ERROR("stale_if_error"),
    /** The tool server was asked. */
    MISS("miss"),
    /** The same, because the caller wanted it so. */
    REFRESH("refresh"),
    /** It was not known which answers are void: only young ones count. What became of the call is counted, too. */
    EPOCH_UNKNOWN("epoch_unknown"),
    /** Not kept, because something may have changed since it was asked for. */
    OUTDATED("outdated"),
    /** Not a call of such a tool: one that made answers void. */
    INVALIDATION("invalidation");

    private final String text;

    CacheEvent(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
