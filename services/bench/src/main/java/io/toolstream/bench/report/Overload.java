package io.toolstream.bench.report;

import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Timeline.Slice;
import io.toolstream.bench.place.ProcessFigures;
import java.util.List;

/**
 * What an overload did.
 *
 * @param peak as much as it can do
 * @param before half of that on offer
 * @param during second by second
 * @param after second by second, half on offer again
 * @param atFirst the worker's process before the overload
 * @param atLast and after it
 * @param mostConnections to one server at the same time
 */
public record Overload(
        Measurement peak,
        Measurement before,
        Measurement overloaded,
        List<Slice> during,
        List<Slice> after,
        ProcessFigures atFirst,
        ProcessFigures atLast,
        long mostConnections) {
    private static final double NORMAL = 1.5;

    /** Right answers per second of the overload, its first second left out. */
    double goodput() {
        List<Slice> whole = during.subList(1, during.size() - 1);
        return whole.stream().mapToLong(Slice::answered).sum() / (double) whole.size();
    }

    double goodputPercent() {
        return 100 * goodput() / peak.callsPerSecond();
    }

    /** After so many seconds all that follow are normal again: none fails, and p95 is at most half as long again as before. */
    int secondsToNormal() {
        int seconds = after.size() - 1;
        while (seconds > 0 && isNormal(after.get(seconds - 1))) {
            seconds--;
        }
        return seconds;
    }

    private boolean isNormal(Slice slice) {
        return slice.failed() == 0
                && slice.latency().p95Nanos() <= before.latency().p95Nanos() * NORMAL;
    }

    boolean isKept() {
        return goodputPercent() >= 90
                && secondsToNormal() <= 15
                && overloaded.failures().wrong() == 0
                && overloaded.failures().lost() == 0;
    }
}
