package io.toolstream.worker.effects;

import io.toolstream.wire.CallError;
import io.toolstream.wire.EffectEntry;
import io.toolstream.wire.EffectEntry.Alive;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.EffectEntry.Floor;
import io.toolstream.wire.EffectEntry.Released;
import io.toolstream.wire.EffectEntry.Source;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.effects.Standing.Conclusion;
import io.toolstream.worker.effects.Standing.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the effects topic, as far as it is known without a gap, and what it says of each effect: the first
 * claim in log order wins; a release by its owner makes the effect free again. A function of the log alone, so all who know
 * the same part of it agree. Pure state, no I/O, no clock, not thread-safe.
 *
 * <p>Knowledge grows in offset order only, from two sides: records as a reader sees them, and this worker's own records as
 * the broker acknowledges them. An own record ahead of what is known waits until the gap below it is closed; as long as
 * this worker is the only one to write, there is none.
 *
 * <p>A call that was answered as not run stays refused, whoever claims for it later; for other calls of the same key its
 * effect is free.
 *
 * <p>What is forgotten is never claimed again. An effect kept until its call is committed is dropped once the floor covers
 * that call, and the same test refuses every later claim for it, of whatever zombie; one kept for the retention is dropped
 * after it, by when its call is refused as too old. The floor counts for calls that were read before it was stated only:
 * offsets of a calls topic made anew begin again.
 */
final class ClaimLog {
    static final long UNKNOWN = -1;

    /** How far clocks of workers and brokers may be apart. */
    static final long CLOCK_SKEW_MILLIS = 60_000;

    private static final int SWEEP_AT_LEAST = 256;

    private final int capacity;
    private final long retentionMillis;
    private final Map<String, Standing> standings = new HashMap<>();
    private final TreeMap<Long, EffectEntry> ahead = new TreeMap<>();
    private final Map<Long, Long> aheadMillis = new HashMap<>();
    private @Nullable Floor floor;
    private long end = UNKNOWN;
    private int sweepAt = SWEEP_AT_LEAST;
    private boolean isOverflown;

    /** What a record did that somebody may wait for: an effect's claim was judged, or its standing changed. */
    record Change(EffectEntry entry, @Nullable Verdict verdict) {}

    ClaimLog(int capacity, long retentionMillis) {
        this.capacity = capacity;
        this.retentionMillis = retentionMillis;
    }

    /** Every record below this offset is known, as far as it is young enough to count; {@link #UNKNOWN} at first. */
    long end() {
        return end;
    }

    /** True if own records are known to stand in the log, and something below them is not known. */
    boolean hasGap() {
        return !ahead.isEmpty();
    }

    @Nullable
    Floor floor() {
        return floor;
    }

    int size() {
        return standings.size();
    }

    boolean isFull() {
        return isOverflown || standings.size() >= capacity;
    }

    /** A reader begins here. @return true if the log was made anew, and nothing is known any more */
    boolean startAt(long offset, List<Change> changes) {
        if (end != UNKNOWN && offset < end) {
            forgetAll();
            floor = null;
            isOverflown = false;
            end = offset;
            return true;
        }
        end = Math.max(end, 0);
        readUpTo(offset, changes);
        return false;
    }

    /** A reader saw this record. */
    void read(long offset, EffectEntry entry, long millis, List<Change> changes) {
        if (end == UNKNOWN || offset < end) {
            return; // read for somebody else, or known by its acknowledgement
        }
        readUpTo(offset, changes);
        ahead.remove(offset);
        aheadMillis.remove(offset);
        changes.add(apply(offset, entry, millis));
        end = offset + 1;
        drain(changes);
    }

    /** A reader saw everything below this offset. */
    void readUpTo(long nextOffset, List<Change> changes) {
        if (end == UNKNOWN) {
            return;
        }
        while (!ahead.isEmpty() && ahead.firstKey() < nextOffset) {
            applyFirstAhead(changes);
        }
        end = Math.max(end, nextOffset);
        drain(changes);
    }

    /** The broker has acknowledged a record of this worker. */
    void acknowledged(long offset, EffectEntry entry, long millis, List<Change> changes) {
        if (end != UNKNOWN && offset < end) {
            return; // read already
        }
        ahead.put(offset, entry);
        aheadMillis.put(offset, millis);
        drain(changes);
    }

    private void drain(List<Change> changes) {
        while (!ahead.isEmpty() && end == ahead.firstKey()) {
            applyFirstAhead(changes);
        }
    }

    private void applyFirstAhead(List<Change> changes) {
        Map.Entry<Long, EffectEntry> first = ahead.pollFirstEntry();
        Long millis = aheadMillis.remove(first.getKey());
        changes.add(apply(first.getKey(), first.getValue(), millis == null ? 0 : millis));
        end = Math.max(end, first.getKey() + 1);
    }

    private Change apply(long offset, EffectEntry entry, long millis) {
        if (entry instanceof Claimed claimed) {
            return new Change(entry, claim(claimed, millis));
        }
        Standing standing = standings.get(entry.key());
        if (standing != null && standing.claim().equals(entry.claim()) && standing.isOpen()) {
            if (entry instanceof Released) {
                released(standing, entry.key());
            } else if (entry instanceof Alive) {
                standings.put(entry.key(), standing.alive(offset));
            } else if (entry instanceof Concluded concluded) {
                standings.put(entry.key(), standing.concluded(conclusion(offset, concluded)));
            }
        }
        return new Change(entry, null);
    }

    private void released(Standing standing, String key) {
        Standing left = standing.released();
        if (left == null) {
            standings.remove(key);
        } else {
            standings.put(key, left);
        }
    }

    private static Conclusion conclusion(long offset, Concluded concluded) {
        CallError error = concluded.error();
        return new Conclusion(offset, concluded.status(), error != null && error.mayHaveRun() == MayHaveRun.NO);
    }

    private Verdict claim(Claimed claimed, long millis) {
        Floor stated = claimed.floor();
        if (stated != null) {
            raise(stated);
        }
        Verdict known = verdict(claimed.key(), claimed.digest(), claimed.source());
        if (!(known instanceof Verdict.Won)) {
            return known;
        }
        sweep(millis);
        if (standings.size() >= 2 * capacity) {
            forgetAll();
            isOverflown = true;
            return new Verdict.Full();
        }
        Standing before = standings.get(claimed.key());
        standings.put(
                claimed.key(),
                new Standing(
                        claimed.claim(),
                        claimed.digest(),
                        claimed.source(),
                        millis,
                        UNKNOWN,
                        null,
                        before == null ? List.of() : before.refusals()));
        return known;
    }

    /** What a claim would be told if it were the next record. */
    Verdict verdict(String key, String digest, Source source) {
        if (isOverflown) {
            return new Verdict.Full();
        }
        if (isCovered(source)) {
            return new Verdict.Covered();
        }
        Standing standing = standings.get(key);
        if (standing == null) {
            return new Verdict.Won();
        }
        Refused refused = standing.refusalOf(source);
        if (refused != null) {
            return new Verdict.Settled(refused.offset());
        }
        if (standing.isFree()) {
            return new Verdict.Won();
        }
        if (!EffectIdentity.isSame(standing.digest(), digest)) {
            return new Verdict.Reused();
        }
        Conclusion conclusion = standing.conclusion();
        return conclusion == null
                ? new Verdict.Held(standing.claim(), standing.aliveAt())
                : new Verdict.Settled(conclusion.offset());
    }

    /** Calls below this offset are settled. A floor only rises. */
    void raise(Floor stated) {
        Floor known = floor;
        if (known == null) {
            floor = stated;
        } else if (stated.offset() > known.offset()) {
            floor = new Floor(stated.offset(), Math.max(stated.millis(), known.millis()));
        }
    }

    private boolean isCovered(Source source) {
        Floor known = floor;
        return known != null
                && !source.isKept()
                && source.offset() < known.offset()
                && source.timestampMillis() <= known.millis() + CLOCK_SKEW_MILLIS;
    }

    /** Drops what does not count any more, now and then: at a cost that is constant per claim. */
    private void sweep(long nowMillis) {
        if (standings.size() < sweepAt) {
            return;
        }
        forget(nowMillis);
        sweepAt = Math.max(SWEEP_AT_LEAST, 2 * standings.size());
    }

    /** Drops what does not count any more at this time. */
    void forget(long nowMillis) {
        Predicate<Standing> isOver = standing -> standing.allCalls(this::isCovered)
                || standing.claimedMillis() + retentionMillis + CLOCK_SKEW_MILLIS < nowMillis;
        standings.values().removeIf(isOver);
    }

    private void forgetAll() {
        standings.clear();
        ahead.clear();
        aheadMillis.clear();
    }
}
