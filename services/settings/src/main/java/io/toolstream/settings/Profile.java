package io.toolstream.settings;

/** Values that belong together, by where the tool servers are. */
public enum Profile {
    /** Servers on this machine or next to it: quick, few, trusted. */
    LOCAL_LLM("local-llm"),
    /** Servers of others: slow, behind load balancers, not trusted. */
    CLOUD("cloud"),
    /** Each server by its own place: those on this machine or in the private network as local, all others as cloud. */
    HYBRID("hybrid");

    private final String text;

    Profile(String text) {
        this.text = text;
    }

    /** As it stands in settings. */
    public String text() {
        return text;
    }

    McpSettings near() {
        return switch (this) {
            case LOCAL_LLM -> McpSettings.LOCAL;
            case CLOUD -> McpSettings.CLOUD;
            case HYBRID -> McpSettings.LOCAL.with(ConcurrencySettings.SHARING);
        };
    }

    McpSettings far() {
        return this == LOCAL_LLM ? McpSettings.LOCAL : McpSettings.CLOUD;
    }

    /** Whether what a server at this distance says of its own tools is believed, unless its policy says otherwise. */
    boolean trusts(boolean near) {
        return this == LOCAL_LLM || (this == HYBRID && near);
    }
}
