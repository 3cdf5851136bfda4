package io.toolstream.client;

import java.util.concurrent.atomic.LongAdder;

/** What a client counts. Any thread adds. */
final class Tally {
    final LongAdder sent = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder mismatched = new LongAdder();

    ClientSnapshot.Counts counts() {
        return new ClientSnapshot.Counts(sent.sum(), answered.sum(), timedOut.sum(), late.sum(), mismatched.sum());
    }
}
