package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.toolstream.runtime.meter.Meters;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** What happens at the limits of tool servers: who waits, for how long, who is refused and why. Any thread. */
public final class LimitMeters {
    private static final String WAIT = "toolstream.tool.server.wait";
    private static final String REFUSED = "toolstream.tool.server.refused";
    private static final String PERMITS = "toolstream.tool.server.permits";
    private static final Set<String> OURS = Set.of(WAIT, REFUSED, PERMITS);

    private final MeterRegistry registry;

    /** By server and state. */
    private final Map<String, IntSupplier> states = new ConcurrentHashMap<>();

    private LimitMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public static LimitMeters of(Meters meters) {
        return new LimitMeters(meters.registry());
    }

    /** The meters of one server's limits. */
    public final class OfServer {
        private final String server;
        private final Timer waits;
        private final Map<String, Counter> refusals = new ConcurrentHashMap<>(); // as few as there are reasons

        private OfServer(String server) {
            this.server = server;
            this.waits = Buckets.timer(WAIT, "Of a call that got a permit after waiting for it")
                    .tag("mcp.server", server)
                    .register(registry);
        }

        public void waited(Duration time) {
            waits.record(time);
        }

        public void refused(String reason) {
            refusals.computeIfAbsent(reason, this::counter).increment();
        }

        private Counter counter(String reason) {
            return Counter.builder(REFUSED)
                    .description("Calls that got no permit")
                    .tag("mcp.server", server)
                    .tag("reason", reason)
                    .register(registry);
        }

        /** Shows a number of permits, or of those who want one, as often as somebody asks. */
        public OfServer show(String state, IntSupplier number) {
            String key = server + '\n' + state;
            if (states.put(key, number) == null) {
                Gauge.builder(PERMITS, number, ignored -> current(key))
                        .description(
                                "Attempts that a tool server is given at the same time, and calls that wait for one")
                        .tag("mcp.server", server)
                        .tag("state", state)
                        .strongReference(true)
                        .register(registry);
            }
            return this;
        }
    }

    private double current(String key) {
        IntSupplier number = states.get(key);
        return number == null ? 0 : number.getAsInt();
    }

    /** That server is gone: its meters are, too. */
    public void forget(String server) {
        states.keySet().removeIf(key -> key.startsWith(server + '\n'));
        registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> OURS.contains(id.getName()) && server.equals(id.getTag("mcp.server")))
                .forEach(registry::remove);
    }

    public OfServer server(String server) {
        return new OfServer(server);
    }
}
