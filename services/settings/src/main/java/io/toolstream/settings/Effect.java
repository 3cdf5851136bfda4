package io.toolstream.settings;

/** What a tool may do to the world, as the operator declares it; a tool not declared is {@code once} unless its server is trusted. */
public enum Effect {
    /** Changes nothing. */
    READ,
    /** Changes something, but twice is as good as once. */
    IDEMPOTENT,
    /** Must not run twice. */
    ONCE
}
