package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * One record of the effects topic: what a worker says of one effect. Its {@code key} names the effect, its {@code claim}
 * one attempt of one worker to be the one that dispatches it, unique for good. The topic is internal: this layout may
 * change.
 */
public sealed interface EffectEntry {
    String key();

    String claim();

    /**
     * A worker wants to dispatch.
     *
     * @param digest of what the call asks for, hex
     * @param floor what the claimant knows of the progress on the calls partition of the same number
     */
    record Claimed(
            String key,
            String claim,
            String digest,
            Source source,
            @Nullable Floor floor) implements EffectEntry {}

    /**
     * Where the claimed call stands.
     *
     * @param offset on the calls partition of the same number, if {@code isKept} is false
     * @param timestampMillis of the call's record
     * @param isKept whether the claim counts for the whole retention, or until its offset is committed
     */
    record Source(long offset, long timestampMillis, boolean isKept) {}

    /** Every call below this offset was settled at this time. */
    record Floor(long offset, long millis) {}

    /** What came of a claim that was dispatched; without a result if that was too large to be kept. */
    record Concluded(
            String key,
            String claim,
            Status status,
            @Nullable RawJson result,
            @Nullable CallError error) implements EffectEntry {}

    /** The claim was not dispatched and never will be: the effect is free again. */
    record Released(String key, String claim) implements EffectEntry {}

    /** The claim's owner lives and is at work on it. */
    record Alive(String key, String claim) implements EffectEntry {}
}
