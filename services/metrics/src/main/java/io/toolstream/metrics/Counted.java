package io.toolstream.metrics;

import io.toolstream.metrics.stream.StreamNews;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in the topology. Any thread. */
final class Counted implements StreamNews {
    private final LongAdder calls = new LongAdder();
    private final LongAdder again = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder tooLate = new LongAdder();
    private final LongAdder published = new LongAdder();

    @Override
    public void counted(long first, long repeated) {
        calls.add(first);
        again.add(repeated);
    }

    @Override
    public void unreadable() {
        unreadable.increment();
    }

    @Override
    public void tooLate(long late) {
        tooLate.add(late);
    }

    @Override
    public void published(boolean isFinal) {
        published.increment();
    }

    MetricsSnapshot snapshot() {
        return new MetricsSnapshot(calls.sum(), again.sum(), unreadable.sum(), tooLate.sum(), published.sum());
    }
}
