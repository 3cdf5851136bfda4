package io.toolstream.worker.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.runtime.meter.Meters;
import java.util.function.ToDoubleFunction;

/** Shows what the ledger of effects does, asked for when someone scrapes, as long as the ledger is used. */
public final class LedgerMeters {
    private final MeterRegistry registry;

    private LedgerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public static LedgerMeters of(Meters meters) {
        return new LedgerMeters(meters.registry());
    }

    public <T> LedgerMeters size(T ledger, ToDoubleFunction<T> size) {
        Gauge.builder("toolstream.ledger.effects", ledger, size)
                .description("Effects that the ledger of this worker remembers")
                .register(registry);
        return this;
    }

    /** Claims, or calls, that ended like this since the start. */
    public <T> LedgerMeters counts(String ending, T ledger, ToDoubleFunction<T> count) {
        FunctionCounter.builder("toolstream.ledger.claims", ledger, count)
                .description("What became of claims of tools that run once")
                .tag("outcome", ending)
                .register(registry);
        return this;
    }
}
