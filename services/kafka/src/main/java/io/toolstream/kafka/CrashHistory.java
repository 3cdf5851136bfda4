package io.toolstream.kafka;

import java.util.ArrayList;
import java.util.List;

/**
 * At how many crashes the records of a partition that are not done may have been in flight. Two marks are enough for
 * most: what was in flight at a crash lies, with what is done taken out, in front of the crashed engine's limit.
 *
 * @param twiceEnd what lies before it was in flight at two crashes
 * @param onceEnd what lies before it was in flight at one; not before {@code twiceEnd}
 * @param culprits in flight at three or more, the last of them alone; all before {@code twiceEnd}
 */
record CrashHistory(long twiceEnd, long onceEnd, List<Culprit> culprits) {
    static final CrashHistory NONE = new CrashHistory(0, 0, List.of());

    private static final int TWICE = 2;
    private static final int MOST_CULPRITS = 16;

    CrashHistory {
        culprits = List.copyOf(culprits);
    }

    int crashes(long offset) {
        for (Culprit culprit : culprits) {
            if (culprit.offset() == offset) {
                return culprit.crashes();
            }
        }
        return offset < twiceEnd ? TWICE : offset < onceEnd ? 1 : 0;
    }

    /**
     * With one more crash.
     *
     * @param logEnd of the partition, looked up after the crash: what was written later was not in flight
     */
    CrashHistory after(Take crashed, long logEnd) {
        long inFlightEnd = Math.min(crashed.limit(), logEnd);
        return new CrashHistory(
                Math.max(twiceEnd, Math.min(onceEnd, inFlightEnd)),
                Math.max(onceEnd, inFlightEnd),
                crashed.alone() == Take.NOBODY ? culprits : blaming(crashed.alone()));
    }

    /** What of it concerns records at or beyond an offset. */
    CrashHistory from(long offset) {
        if (onceEnd <= offset) {
            return NONE;
        }
        return culprits.isEmpty() ? this : new CrashHistory(twiceEnd, onceEnd, culpritsFrom(offset));
    }

    private List<Culprit> culpritsFrom(long offset) {
        return culprits.stream().filter(one -> one.offset() >= offset).toList();
    }

    private List<Culprit> blaming(long offset) {
        List<Culprit> blamed = new ArrayList<>(culprits);
        blamed.removeIf(one -> one.offset() == offset);
        blamed.add(new Culprit(offset, Math.max(TWICE, crashes(offset)) + 1));
        return blamed.subList(Math.max(0, blamed.size() - MOST_CULPRITS), blamed.size());
    }
}
