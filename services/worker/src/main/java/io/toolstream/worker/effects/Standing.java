package io.toolstream.worker.effects;

import io.toolstream.wire.EffectEntry.Source;
import io.toolstream.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one effect that was claimed.
 *
 * @param claim the one that won
 * @param aliveAt where the log last said that the claim's owner lives, -1 for nowhere
 * @param conclusion null while nobody has said what came of it
 */
record Standing(
        String claim,
        String digest,
        Source source,
        long claimedMillis,
        long aliveAt,
        @Nullable Conclusion conclusion) {
    /** Where the log tells what came of the claim. */
    record Conclusion(long offset, Status status) {
        /** Somebody gave up waiting for the claim's owner, which may still speak. */
        boolean isDoubt() {
            return status == Status.IN_DOUBT;
        }
    }

    boolean isOpen() {
        return conclusion == null || conclusion.isDoubt();
    }

    Standing concluded(Conclusion known) {
        return new Standing(claim, digest, source, claimedMillis, aliveAt, known);
    }

    Standing alive(long offset) {
        return new Standing(claim, digest, source, claimedMillis, offset, conclusion);
    }
}
