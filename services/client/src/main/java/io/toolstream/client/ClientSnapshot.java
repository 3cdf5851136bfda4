package io.toolstream.client;

import org.jspecify.annotations.Nullable;

/**
 * What a client did since its start, and what it waits for now.
 *
 * @param trouble why calls cannot leave at present (the broker or the reply topic); null where they can
 * @param inFlight calls waited for
 */
public record ClientSnapshot(@Nullable String trouble, int inFlight, Counts counts) {
    /** Whether calls leave at once. */
    public boolean isReady() {
        return trouble == null;
    }

    /**
     * Counts since the start.
     *
     * @param sent calls acknowledged by the broker
     * @param answered calls completed by a final reply
     * @param timedOut calls whose time was up without a reply
     * @param late replies to calls of this client that nobody waits for any more: timed out, cancelled, or answered twice
     * @param mismatched replies under a correlation id of ours that name another call or tenant; never delivered
     */
    public record Counts(long sent, long answered, long timedOut, long late, long mismatched) {}
}
