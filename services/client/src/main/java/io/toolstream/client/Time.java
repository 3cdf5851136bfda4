package io.toolstream.client;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The clocks of a client: one that calls back, one that tells the time of day, one that measures. */
record Time(Alarm alarm, InstantSource clock, LongSupplier nanoTime) {
    static Time system(Alarm alarm) {
        return new Time(alarm, InstantSource.system(), System::nanoTime);
    }
}
