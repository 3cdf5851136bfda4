package io.toolstream.client;

import io.toolstream.wire.Status;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a client counts. Any thread adds. */
final class Tally {
    final LongAdder sent = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder duplicate = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder mismatched = new LongAdder();
    private final Map<Status, LongAdder> answers = new EnumMap<>(Status.class);

    Tally() {
        for (Status status : Status.values()) {
            answers.put(status, new LongAdder());
        }
    }

    void answered(Status status) {
        LongAdder adder = answers.get(status);
        if (adder != null) {
            adder.increment();
        }
    }

    ClientSnapshot.Counts counts() {
        Map<Status, Long> seen = new EnumMap<>(Status.class);
        answers.forEach((status, adder) -> {
            if (adder.sum() > 0) {
                seen.put(status, adder.sum());
            }
        });
        return new ClientSnapshot.Counts(
                sent.sum(),
                seen,
                timedOut.sum(),
                refused.sum(),
                new ClientSnapshot.Strays(late.sum(), duplicate.sum(), unknown.sum(), mismatched.sum()));
    }
}
