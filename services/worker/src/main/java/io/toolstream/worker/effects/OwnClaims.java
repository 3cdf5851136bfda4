package io.toolstream.worker.effects;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The claims of this worker on one partition that are not over: asked for, given up while asked for, or won and at work.
 * Not thread-safe; guarded by its partition's lock.
 */
final class OwnClaims {
    private final Map<String, Own> byClaim = new HashMap<>();

    /** {@code asking} is null for one that was given up; a claim at work is marked by {@code isAtWork}. */
    private record Own(@Nullable CompletableFuture<Verdict> asking, boolean isAtWork) {}

    void ask(String claim, CompletableFuture<Verdict> asking) {
        byClaim.put(claim, new Own(asking, false));
    }

    /** What was waiting for this verdict; a claim that won is at work from now on. Null if nobody waits (any more). */
    @Nullable
    CompletableFuture<Verdict> judged(String claim, boolean hasWon) {
        Own own = byClaim.get(claim);
        if (own == null || own.asking() == null) {
            return null;
        }
        if (hasWon) {
            byClaim.put(claim, new Own(null, true));
        } else {
            byClaim.remove(claim);
        }
        return own.asking();
    }

    /** True if the claim was asked for and given up: should it have won, it has to be released. */
    boolean isGivenUp(String claim) {
        Own own = byClaim.get(claim);
        return own != null && own.asking() == null && !own.isAtWork();
    }

    boolean isAtWork(String claim) {
        Own own = byClaim.get(claim);
        return own != null && own.isAtWork();
    }

    boolean isKnown(String claim) {
        return byClaim.containsKey(claim);
    }

    /** Nobody waits for the verdict any more. @return true if the claim has won meanwhile */
    boolean giveUp(String claim) {
        if (isAtWork(claim)) {
            return true;
        }
        if (byClaim.containsKey(claim)) {
            byClaim.put(claim, new Own(null, false));
        }
        return false;
    }

    /** A claim that was given up has won: it is at work until its release is in the log. */
    void takeUp(String claim) {
        byClaim.put(claim, new Own(null, true));
    }

    void over(String claim) {
        byClaim.remove(claim);
    }

    @Nullable
    CompletableFuture<Verdict> asking(String claim) {
        Own own = byClaim.get(claim);
        return own == null ? null : own.asking();
    }

    /** Those asked for and not judged. */
    List<String> asking() {
        return byClaim.entrySet().stream()
                .filter(own -> own.getValue().asking() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    int size() {
        return byClaim.size();
    }
}
