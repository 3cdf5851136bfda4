package io.toolstream.worker.effects;

import io.toolstream.wire.EffectEntry;
import io.toolstream.wire.EffectEntry.Alive;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.EffectEntry.Floor;
import io.toolstream.wire.EffectEntry.Released;
import io.toolstream.worker.effects.ClaimLog.Change;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * This worker at one partition of the effects topic: it claims, says what came of its claims, and answers whoever asks
 * whether it still lives. Any thread may call; nothing blocks. Guarded by this object's lock: the log, the own claims, the
 * watchers; nothing is written and nothing completes under it.
 *
 * <p>A claim is judged when its record is known together with all records below it, whether the acknowledgement told or the
 * reader. So one whose acknowledgement was lost may win, and one that nobody waits for any more is released as soon as it
 * turns out to have won.
 */
final class LedgerPartition implements EffectLog.Reader {
    private static final String MADE_ANEW = "the effects topic was made anew";
    private static final Long UNKNOWN = ClaimLog.UNKNOWN;

    private final int number;
    private final EffectLog topic;
    private final ClaimLog claims;
    private final LedgerCounts counts;
    private final InstantSource clock;
    private final OwnClaims own = new OwnClaims();
    private final Map<String, List<CompletableFuture<Boolean>>> watchers = new HashMap<>();

    LedgerPartition(int number, EffectLog topic, ClaimLog claims, LedgerCounts counts, InstantSource clock) {
        this.number = number;
        this.topic = topic;
        this.claims = claims;
        this.counts = counts;
        this.clock = clock;
    }

    int number() {
        return number;
    }

    /** Whether something depends on what is read here. */
    synchronized boolean isInUse() {
        return own.size() > 0 || !watchers.isEmpty();
    }

    synchronized int size() {
        return claims.size();
    }

    /** What a claim would be told now. */
    synchronized Verdict verdict(Claimed claimed) {
        return claims.verdict(claimed.key(), claimed.digest(), claimed.source());
    }

    /** What a claimant states in its claim: calls of this partition below it are settled. */
    synchronized @Nullable Floor floor() {
        return claims.floor();
    }

    /**
     * Claims, or says at once why it would be in vain. Completes on any thread, once everything below the claim is known;
     * never exceptionally.
     */
    CompletableFuture<Verdict> claim(Claimed claimed) {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        synchronized (this) {
            Verdict expected = claims.verdict(claimed.key(), claimed.digest(), claimed.source());
            boolean isForeign = expected instanceof Verdict.Held held && !own.isAtWork(held.claim());
            if (!(expected instanceof Verdict.Won || isForeign)) {
                return CompletableFuture.completedFuture(expected);
            }
            if (claims.isFull()) {
                return CompletableFuture.completedFuture(new Verdict.Full());
            }
            own.ask(claimed.claim(), verdict);
        }
        var unused = append(claimed).exceptionally(failure -> {
            fails(claimed.claim(), failure);
            return UNKNOWN;
        });
        return verdict;
    }

    /** The acknowledgement will not come. Whether the claim stands in the log, the reader may have told already, or not. */
    private void fails(String claim, Throwable failure) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            doesNotCount(claim, "it was not acknowledged: " + failure.getMessage(), news);
        }
        news.forEach(Runnable::run);
    }

    /** Nobody waits for the verdict any more: it is not dispatched, and the effect is free again should it have won. */
    void giveUp(Claimed claimed) {
        boolean hasWon;
        synchronized (this) {
            hasWon = own.giveUp(claimed.claim());
        }
        if (hasWon) {
            var unused = release(claimed);
        }
    }

    /** Says that a claim that won was not dispatched and never will be, and that its call is left to others. Completes when the log has it. */
    CompletableFuture<Void> release(Claimed claimed) {
        counts.released();
        return end(claimed.claim(), new Released(claimed.key(), claimed.claim()));
    }

    /** Says that the call of a claim that won is answered as not run. Completes when the log has it. */
    CompletableFuture<Void> refuse(Concluded notRun) {
        counts.released();
        return end(notRun.claim(), notRun);
    }

    /** Says what came of a claim that won. Completes when the log has it. */
    CompletableFuture<Void> conclude(Concluded concluded) {
        return end(concluded.claim(), concluded);
    }

    private CompletableFuture<Void> end(String claim, EffectEntry entry) {
        return append(entry).thenAccept(offset -> {
            synchronized (this) {
                own.over(claim);
            }
        });
    }

    /** Says of another worker's claim that its outcome is unknown. Completes when the log has it. */
    CompletableFuture<Void> doubt(Concluded concluded) {
        counts.doubted();
        return append(concluded).thenAccept(offset -> {});
    }

    /**
     * What the log says next of an effect that is held: completes with true if its owner lives, with false if it is worth
     * to claim again; at once if the log has gone on since the verdict. {@link #unwatch} it if it is no longer waited for.
     */
    synchronized CompletableFuture<Boolean> next(Claimed claimed, Verdict.Held held) {
        Verdict now = claims.verdict(claimed.key(), claimed.digest(), claimed.source());
        if (!now.equals(held)) {
            boolean isAlive = now instanceof Verdict.Held later && later.claim().equals(held.claim());
            return CompletableFuture.completedFuture(isAlive);
        }
        CompletableFuture<Boolean> watcher = new CompletableFuture<>();
        watchers.computeIfAbsent(claimed.key(), unused -> new ArrayList<>()).add(watcher);
        topic.hurry();
        return watcher;
    }

    synchronized void unwatch(String key, CompletableFuture<Boolean> watcher) {
        List<CompletableFuture<Boolean>> all = watchers.get(key);
        if (all != null && all.removeIf(each -> each == watcher) && all.isEmpty()) {
            watchers.remove(key);
        }
    }

    /** True while the claim was made here and is neither concluded nor released. */
    synchronized boolean isAtWork(String claim) {
        return own.isAtWork(claim);
    }

    private CompletableFuture<Long> append(EffectEntry entry) {
        return topic.append(number, entry).whenComplete((offset, failure) -> {
            if (failure == null) {
                acknowledged(offset, entry);
            }
        });
    }

    private void acknowledged(long offset, EffectEntry entry) {
        List<Runnable> news;
        synchronized (this) {
            boolean isRead = offset < claims.end();
            news = learn(changes -> claims.acknowledged(offset, entry, clock.millis(), changes));
            if (isRead) {
                // And so judged, unless the log was made anew under way: then nothing is known of it.
                doesNotCount(entry.claim(), MADE_ANEW, news);
            }
            if (claims.hasGap()) {
                topic.hurry();
            }
        }
        news.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean isAwaited() {
        return claims.hasGap() || !watchers.isEmpty();
    }

    @Override
    public void startAt(long offset) {
        List<Runnable> news;
        synchronized (this) {
            boolean[] isAnew = new boolean[1];
            news = learn(changes -> isAnew[0] = claims.startAt(offset, changes));
            if (isAnew[0]) {
                own.asking().forEach(claim -> doesNotCount(claim, MADE_ANEW, news));
            }
        }
        news.forEach(Runnable::run);
    }

    @Override
    public void read(long offset, @Nullable EffectEntry entry, long millis) {
        List<Runnable> news;
        synchronized (this) {
            news = learn(changes -> {
                if (entry == null) {
                    claims.readUpTo(offset + 1, changes);
                } else {
                    claims.read(offset, entry, millis, changes);
                }
            });
        }
        news.forEach(Runnable::run);
    }

    @Override
    public void readUpTo(long nextOffset) {
        List<Runnable> news;
        synchronized (this) {
            news = learn(changes -> claims.readUpTo(nextOffset, changes));
        }
        news.forEach(Runnable::run);
    }

    /** Calls of this partition below the offset are committed. */
    synchronized void committed(long offset) {
        claims.raise(new Floor(offset, clock.millis()));
    }

    synchronized void forget() {
        claims.forget(clock.millis());
    }

    /** Under the lock; what it returns is run outside of it. */
    private List<Runnable> learn(Consumer<List<Change>> step) {
        List<Change> changes = new ArrayList<>();
        step.accept(changes);
        List<Runnable> news = new ArrayList<>();
        for (Change change : changes) {
            if (change.entry() instanceof Claimed claimed && change.verdict() != null) {
                judge(claimed, change.verdict(), news);
            } else {
                tellWatchers(change.entry(), news);
            }
        }
        return news;
    }

    private void judge(Claimed claimed, Verdict verdict, List<Runnable> news) {
        String claim = claimed.claim();
        if (own.isGivenUp(claim)) {
            if (verdict instanceof Verdict.Won) {
                own.takeUp(claim);
                news.add(() -> {
                    var unused = release(claimed);
                });
            } else {
                own.over(claim);
            }
            return;
        }
        CompletableFuture<Verdict> asking = own.judged(claim, verdict instanceof Verdict.Won);
        if (asking != null) {
            counts.judged(verdict);
            news.add(() -> asking.complete(verdict));
        } else if (verdict instanceof Verdict.Held held && own.isAtWork(held.claim()) && !own.isKnown(claim)) {
            // Another worker wants what this one is at work on: it waits for the outcome only if it knows that we live.
            news.add(() -> {
                var unused = append(new Alive(claimed.key(), held.claim()));
            });
        }
    }

    /** Should the claim turn out to have won all the same, it is released. */
    private void doesNotCount(String claim, String why, List<Runnable> news) {
        CompletableFuture<Verdict> asking = own.asking(claim);
        if (asking != null) {
            own.giveUp(claim);
            news.add(() -> asking.complete(new Verdict.Unknown(why)));
        }
    }

    private void tellWatchers(EffectEntry entry, List<Runnable> news) {
        List<CompletableFuture<Boolean>> told = watchers.remove(entry.key());
        if (told != null) {
            news.add(() -> told.forEach(watcher -> watcher.complete(entry instanceof Alive)));
        }
    }

    @Override
    public String toString() {
        return "effects-" + number;
    }
}
