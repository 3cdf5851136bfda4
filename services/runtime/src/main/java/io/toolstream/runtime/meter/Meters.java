package io.toolstream.runtime.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The meters of one process, scraped in Prometheus's text format. Any thread may call. Bounded: beyond a number far above
 * what we register, new meters are dropped.
 */
public final class Meters implements AutoCloseable {
    private static final int MOST_METERS = 20_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmMeters jvm = new JvmMeters();

    public Meters() {
        registry.config().meterFilter(MeterFilter.maximumAllowableMetrics(MOST_METERS));
    }

    /** Where everyone registers meters. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All meters as text. */
    public String scrape() {
        jvm.bindOnce(registry);
        return registry.scrape();
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }
}
