package io.toolstream.bench.load;

import java.time.Duration;

/**
 * A fixed rate of calls, begun on schedule whatever the answers do. Latency counts from the moment a call was meant to
 * begin: a target that stalls is charged for all the calls it held up, so nothing is omitted in coordination with it
 * (Gil Tene, "How NOT to Measure Latency").
 *
 * @param limit calls under way at most; beyond it the driver waits, which latencies then show
 */
public record OpenLoop(int callsPerSecond, int limit, Clock clock) implements Load {
    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    @Override
    public Measurement drive(Target target, Numbers numbers, Extent extent) throws InterruptedException {
        Flight flight = new Flight(target, clock, limit, Flight.PATIENCE);
        long startNanos = clock.nanoTime();
        for (long calls = 0; !extent.isReached(calls, dueNanos(calls)); calls++) {
            long intendedNanos = startNanos + dueNanos(calls);
            clock.awaitNanos(intendedNanos);
            if (!flight.awaitPlace()) {
                break;
            }
            flight.depart(numbers.next(), intendedNanos);
        }
        return flight.land(startNanos);
    }

    /** When the call of this index is due, counted from the start. */
    private long dueNanos(long index) {
        return index * NANOS_PER_SECOND / callsPerSecond;
    }

    @Override
    public String label() {
        return callsPerSecond + "/s";
    }
}
