package io.toolstream.bench.load;

/** A fixed number of calls in flight: the next begins when one ends. Tells the rate a target can sustain. */
public record ClosedLoop(int inFlight, Clock clock) implements Load {
    @Override
    public Measurement drive(Target target, Numbers numbers, Extent extent) throws InterruptedException {
        Flight flight = new Flight(target, clock, inFlight, Flight.PATIENCE);
        long startNanos = clock.nanoTime();
        for (long calls = 0; !extent.isReached(calls, clock.nanoTime() - startNanos); calls++) {
            if (!flight.awaitPlace()) {
                break;
            }
            flight.depart(numbers.next(), clock.nanoTime());
        }
        return flight.land(startNanos);
    }

    @Override
    public String label() {
        return label(inFlight);
    }

    /** The label of a closed loop with so many calls in flight. */
    public static String label(int inFlight) {
        return inFlight + " in flight";
    }
}
