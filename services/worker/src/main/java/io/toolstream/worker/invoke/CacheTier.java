package io.toolstream.worker.invoke;

/** Where an answer came from, if not from its tool server. */
public enum CacheTier {
    /** The tool server was asked. */
    NONE("none"),
    /** This worker's memory. */
    L1("l1"),
    /** The store that workers share. */
    L2("l2"),
    /** Another call, which was under way already. */
    COALESCED("coalesced");

    private final String text;

    CacheTier(String text) {
        this.text = text;
    }

    /** As it stands in replies and events. */
    public String text() {
        return text;
    }
}
