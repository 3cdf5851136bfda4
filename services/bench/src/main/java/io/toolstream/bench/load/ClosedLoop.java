package io.toolstream.bench.load;

import java.time.Duration;

/**
 * A fixed number of calls in flight: the next begins when one ends. Tells the rate a target can sustain.
 *
 * @param pause between the end of a call and the next: whatever is measured is then asked equally seldom, and what an answer
 *     leaves behind is over. Not counted in latencies
 */
public record ClosedLoop(int inFlight, Duration pause, Clock clock) implements Load {
    /** Without a pause. */
    public ClosedLoop(int inFlight, Clock clock) {
        this(inFlight, Duration.ZERO, clock);
    }

    @Override
    public Measurement drive(Target target, Numbers numbers, Extent extent) throws InterruptedException {
        Flight flight = new Flight(target, clock, inFlight, Flight.PATIENCE);
        long startNanos = clock.nanoTime();
        for (long calls = 0; !extent.isReached(calls, clock.nanoTime() - startNanos); calls++) {
            if (!flight.awaitPlace()) {
                break;
            }
            if (!pause.isZero()) {
                clock.awaitNanos(clock.nanoTime() + pause.toNanos());
            }
            flight.depart(numbers.next(), clock.nanoTime());
        }
        return flight.land(startNanos);
    }

    @Override
    public String label() {
        return pause.isZero() ? label(inFlight) : label(inFlight) + ", pausing";
    }

    /** The label of a closed loop with so many calls in flight. */
    public static String label(int inFlight) {
        return inFlight + " in flight";
    }
}
