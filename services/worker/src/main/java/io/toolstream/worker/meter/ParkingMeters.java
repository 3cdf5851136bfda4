package io.toolstream.worker.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.toolstream.runtime.meter.Meters;
import java.util.function.ToDoubleFunction;

/** Shows the calls that wait on a topic for their tool servers, asked for when someone scrapes. */
public final class ParkingMeters {
    private final Meters meters;

    private ParkingMeters(Meters meters) {
        this.meters = meters;
    }

    public static ParkingMeters of(Meters meters) {
        return new ParkingMeters(meters);
    }

    /** Calls that wait now, on the partitions of this worker. */
    public <T> ParkingMeters waiting(T source, ToDoubleFunction<T> count) {
        Gauge.builder("toolstream.parked.calls", source, count)
                .description("Calls that wait for their tool server to recover")
                .strongReference(true)
                .register(meters.registry());
        return this;
    }

    /** Calls that came back to the partitions of this worker and are not settled yet. */
    public <T> ParkingMeters returning(T source, ToDoubleFunction<T> count) {
        Gauge.builder("toolstream.parked.returning", source, count)
                .description("Calls that came back and are not settled yet")
                .strongReference(true)
                .register(meters.registry());
        return this;
    }

    /** Calls that went, came back, found no room, and could not be read, by this worker, since its start; {@code way} is which. */
    public <T> ParkingMeters moved(String way, T source, ToDoubleFunction<T> count) {
        FunctionCounter.builder("toolstream.parked.moves", source, count)
                .description("Calls parked, brought back, answered since there was no room, and not readable")
                .tag("way", way)
                .register(meters.registry());
        return this;
    }
}
