package io.toolstream.runtime.meter;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * The meters of one process, scraped in Prometheus's formats. Any thread may call. Bounded: beyond a number far above what we
 * register, new meters are dropped.
 */
public final class Meters implements AutoCloseable {
    private static final int MOST_METERS = 20_000;

    private final MeterRegistry registry;
    private final JvmMeters jvm = new JvmMeters();
    private final List<Runnable> beforeScrape = new CopyOnWriteArrayList<>();

    /** With exemplars of {@link CurrentTrace}. */
    public Meters() {
        this(new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new TraceOfThread()));
        registry.config().meterFilter(MeterFilter.maximumAllowableMetrics(MOST_METERS));
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time")); // seconds are counted instead
        registry.config().meterFilter(namesForPrometheus());
    }

    private Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Meters that measure nothing and are never shown: to see what measuring costs. */
    public static Meters off() {
        return new Meters(new CompositeMeterRegistry());
    }

    /** Prometheus keeps this ending for what histograms count. */
    private static MeterFilter namesForPrometheus() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals("system.cpu.count") ? id.withName("system.cpu.cores") : id;
            }
        };
    }

    /** Where everyone registers meters. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Whether work may be sent to this process, as its probe says it. */
    public void ready(BooleanSupplier isReady) {
        Gauge.builder("toolstream.ready", isReady, asked -> asked.getAsBoolean() ? 1 : 0)
                .description("Whether this process is ready: 1, or 0")
                .strongReference(true)
                .register(registry);
    }

    /** Run on the scraping thread, for meters that come and go; must be quick. */
    public void beforeScrape(Runnable update) {
        beforeScrape.add(update);
    }

    /** All meters as text. */
    public String scrape() {
        return scrape(Scrape.TEXT).text();
    }

    /** All meters in a format that was asked for; {@code accept} as a header of HTTP says it. */
    public Scrape scrape(String accept) {
        if (!(registry instanceof PrometheusMeterRegistry prometheus)) {
            return new Scrape(Scrape.TEXT, "");
        }
        jvm.bindOnce(registry);
        beforeScrape.forEach(Runnable::run);
        boolean isOpen = accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
        String type = isOpen ? Scrape.OPEN_METRICS : Scrape.TEXT;
        return new Scrape(type, prometheus.scrape(type));
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }
}
