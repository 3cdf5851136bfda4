package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** What is measured of one endpoint's breaker and health. Any thread; closing takes it out of the registry. */
public final class GuardMeters implements AutoCloseable {
    private static final String OPEN = "open";

    /** By their numbers, in the words of Resilience4j's own meters, which existing dashboards ask for. */
    private static final List<String> STATES = List.of("closed", "half_open", "open");

    private final MeterRegistry registry;
    private final Tags tags;
    private final Tags named;
    private final Set<Meter> meters = ConcurrentHashMap.newKeySet();
    private final Counter refused;
    private final Counter notPermitted;
    private final Counter answered;
    private final Counter unanswered;
    private final AtomicLong openNanos = new AtomicLong();

    /** When it opened; 0 while it is not. */
    private final AtomicLong openedNanos = new AtomicLong();

    GuardMeters(MeterRegistry registry, String server, String endpoint) {
        this.registry = registry;
        this.tags = Tags.of("mcp.server", server, "endpoint", endpoint);
        this.named = Tags.of("name", endpoint);
        this.refused =
                counter("toolstream.breaker.refused", "Attempts that a breaker did not let through", Tags.empty());
        this.notPermitted = counter(
                "resilience4j.circuitbreaker.not.permitted.calls",
                "Attempts that a breaker did not let through",
                named.and("kind", "not_permitted"));
        this.answered = probes("answered");
        this.unanswered = probes("unanswered");
        meters.add(TimeGauge.builder("toolstream.breaker.open.time", this::openNanos, TimeUnit.NANOSECONDS)
                .description("Time for which a breaker was open since the start")
                .tags(tags)
                .register(registry));
    }

    private Counter probes(String outcome) {
        return counter("toolstream.probes", "Probes of tool servers", Tags.of("outcome", outcome));
    }

    /** {@code breaker}: 0 closed, 1 half open, 2 open; {@code health}: 0 unknown, 1 healthy, 2 degraded, 3 unhealthy. */
    public void watch(IntSupplier breaker, IntSupplier health) {
        gauge("toolstream.breaker.state", "0 closed, 1 half open, 2 open", Tags.empty(), breaker);
        for (int state = 0; state < STATES.size(); state++) {
            int own = state;
            gauge(
                    "resilience4j.circuitbreaker.state",
                    "1 for the state that a breaker is in, else 0",
                    named.and("state", STATES.get(state)),
                    () -> breaker.getAsInt() == own ? 1 : 0);
        }
        gauge("toolstream.endpoint.health", "0 unknown, 1 healthy, 2 degraded, 3 unhealthy", Tags.empty(), health);
    }

    /** It went from one state to another. */
    public void breaker(String from, String to) {
        counter("toolstream.breaker.transitions", "Changes of a breaker's state", Tags.of("from", from, "to", to))
                .increment();
        long now = System.nanoTime();
        long opened = openedNanos.getAndSet(to.equals(OPEN) ? now : 0);
        if (opened != 0) {
            openNanos.addAndGet(now - opened);
        }
    }

    public void refused() {
        refused.increment();
        notPermitted.increment();
    }

    public void probed(boolean isAnswered) {
        (isAnswered ? answered : unanswered).increment();
    }

    private long openNanos() {
        long opened = openedNanos.get();
        return openNanos.get() + (opened == 0 ? 0 : System.nanoTime() - opened);
    }

    private Counter counter(String name, String description, Tags more) {
        Counter counter = Counter.builder(name)
                .description(description)
                .tags(tags)
                .tags(more)
                .register(registry);
        meters.add(counter);
        return counter;
    }

    private void gauge(String name, String description, Tags more, IntSupplier value) {
        meters.add(Gauge.builder(name, value::getAsInt)
                .description(description)
                .tags(tags)
                .tags(more)
                .strongReference(true)
                .register(registry));
    }

    @Override
    public void close() {
        List.copyOf(meters).forEach(registry::remove);
    }
}
