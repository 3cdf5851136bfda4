package io.toolstream.worker.effects;

import io.toolstream.wire.EffectEntry.Source;
import io.toolstream.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one effect that was claimed.
 *
 * @param claim the last one that won; empty once it is over for good, since nobody asks for it then: it would be a quarter of
 *     the memory of all that is remembered
 * @param source the call it was made for
 * @param aliveAt where the log last said that the claim's owner lives, -1 for nowhere
 * @param conclusion null while nobody has said what came of it
 * @param refused calls that were answered as not run before this claim, the oldest first
 */
record Standing(
        String claim,
        String digest,
        Source source,
        long claimedMillis,
        long aliveAt,
        @Nullable Conclusion conclusion,
        List<Refused> refused) {
    /** Of one effect. More of them means that one call was sent, refused and sent again so often with the same key. */
    private static final int MOST_REFUSED = 16;

    /** A call that was answered as not run, and where the log says so. */
    record Refused(Source source, long offset) {}

    /**
     * Where the log tells what came of the claim.
     *
     * @param isNotRun true if the tool was not run, and the call was answered so
     */
    record Conclusion(long offset, Status status, boolean isNotRun) {
        /** Somebody gave up waiting for the claim's owner, which may still speak. */
        boolean isDoubt() {
            return status == Status.IN_DOUBT;
        }
    }

    Standing {
        refused = List.copyOf(refused);
    }

    boolean isOpen() {
        return conclusion == null || conclusion.isDoubt();
    }

    /** True if another call may claim the effect: nothing has come of it so far. */
    boolean isFree() {
        return conclusion != null && conclusion.isNotRun();
    }

    /** Where the log says that this very call was answered as not run; null if it does not. */
    @Nullable
    Refused refusalOf(Source call) {
        return refusals().stream()
                .filter(each -> each.source().equals(call))
                .findFirst()
                .orElse(null);
    }

    /** The calls answered as not run, the last one included. */
    List<Refused> refusals() {
        Conclusion known = conclusion;
        if (known == null || !known.isNotRun()) {
            return refused;
        }
        List<Refused> all = new ArrayList<>(refused);
        all.add(new Refused(source, known.offset()));
        return all.subList(Math.max(0, all.size() - MOST_REFUSED), all.size());
    }

    Standing concluded(Conclusion known) {
        String open = known.isDoubt() ? claim : "";
        return new Standing(open, digest, source, claimedMillis, aliveAt, known, refused);
    }

    Standing alive(long offset) {
        return new Standing(claim, digest, source, claimedMillis, offset, conclusion, refused);
    }

    /** The claim was given back, as if it had never been made. Null if nothing is left to remember. */
    @Nullable
    Standing released() {
        if (refused.isEmpty()) {
            return null;
        }
        Refused last = refused.get(refused.size() - 1);
        return new Standing(
                claim,
                digest,
                last.source(),
                claimedMillis,
                aliveAt,
                new Conclusion(last.offset(), Status.UNAVAILABLE, true),
                refused.subList(0, refused.size() - 1));
    }

    /** True if this holds for every call that is remembered here. */
    boolean allCalls(Predicate<Source> holds) {
        return holds.test(source) && refused.stream().map(Refused::source).allMatch(holds);
    }
}
