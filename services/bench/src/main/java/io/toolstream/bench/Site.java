package io.toolstream.bench;

import io.toolstream.bench.contender.AckTarget;
import io.toolstream.bench.contender.BareTarget;
import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.contender.Line;
import io.toolstream.bench.contender.Payload;
import io.toolstream.bench.contender.Route;
import io.toolstream.bench.contender.StubTarget;
import io.toolstream.bench.contender.WorkerPart;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.place.PlacedPart;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Everything a run needs, started: broker, stub, far sides, and the near sides to put load on. For one thread. */
final class Site implements AutoCloseable {
    private final BenchSettings settings;
    private final Parts parts;
    private final PlacedPart stub;
    private final String bootstrapServers;
    private final Map<Contender, Target> targets = new EnumMap<>(Contender.class);
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private Site(BenchSettings settings, Parts parts) throws InterruptedException {
        this.settings = settings;
        this.parts = parts;
        String own = settings.kafka().bootstrapServers();
        this.bootstrapServers = own != null ? own : fact(parts.start(PartKind.BROKER, Map.of()), "bootstrapServers");
        this.stub = parts.start(
                PartKind.STUB,
                Map.of(
                        "ports",
                        Integer.toString(settings.placement().servers()),
                        "toolMicros",
                        Long.toString(settings.workload().toolTime().toNanos() / 1_000)));
    }

    /** Starts all of it. Blocks. What was started is closed again if a part does not start. */
    static Site open(BenchSettings settings) throws InterruptedException {
        Parts parts = new Parts(settings.placement());
        try {
            Site site = new Site(settings, parts);
            for (Contender contender : new TreeSet<>(settings.contenders())) {
                site.targets.put(contender, site.target(contender));
            }
            return site;
        } catch (RuntimeException | InterruptedException e) {
            parts.close();
            throw e;
        }
    }

    /** Near sides by contender, in the contenders' order. */
    Map<Contender, Target> targets() {
        return targets;
    }

    Parts parts() {
        return parts;
    }

    /** Connections to any one stub open at the same time, at most, as the stubs count them. */
    long mostConnections() {
        return Long.parseLong(fact(stub, "mostOpen"));
    }

    private Target target(Contender contender) throws InterruptedException {
        Payload payload = new Payload(settings.workload().payloadBytes());
        return switch (contender) {
            case FLOOR -> bare(PartKind.FLOOR, payload);
            case PEER -> bare(PartKind.PEER, payload);
            case STUB -> new StubTarget(URI.create(fact(stub, "url.1")), payload);
            case LINE, LINE_ONCE, LINE_KEYED, LINE_ORDERED, LINE_BATCH ->
                line(payload, "worker").target(contender);
            case LINE_UNMETERED -> line(payload, WorkerPart.IS_UNMETERED).target(contender);
            case LINE_EVENTLESS -> line(payload, WorkerPart.IS_EVENTLESS).target(contender);
            case ACK -> ack();
        };
    }

    private Target bare(PartKind kind, Payload payload) throws InterruptedException {
        Route route = route(kind.name().toLowerCase(Locale.ROOT));
        Topics.create(route, settings.kafka().partitions());
        parts.start(kind, partSettings(route));
        return new BareTarget(route, payload);
    }

    /** One worker and one client of a kind, whatever is called on them; {@code kind} may be a setting of the worker. */
    private Line line(Payload payload, String kind) throws InterruptedException {
        Line line = lines.get(kind);
        if (line == null) {
            Route route = route(kind);
            Map<String, String> worker = partSettings(route);
            worker.put(kind, "true");
            worker.put(
                    WorkerPart.HAS_ONCE, Boolean.toString(settings.contenders().contains(Contender.LINE_ONCE)));
            worker.put(
                    WorkerPart.CHILDREN, Integer.toString(settings.placement().children()));
            settings.placement().worker().forEach((key, value) -> worker.put(WorkerPart.SET + key, value));
            parts.start(PartKind.WORKER, worker);
            line = Line.connect(route, payload, settings.placement().servers());
            lines.put(kind, line);
        }
        return line;
    }

    private Target ack() throws InterruptedException {
        Route route = route("ack");
        Topics.create(route, settings.kafka().partitions());
        return new AckTarget(route, settings.kafka().partitions());
    }

    private Map<String, String> partSettings(Route route) {
        Map<String, String> part = new HashMap<>(stub.facts());
        part.putAll(route.toMap());
        part.put("partitions", Integer.toString(settings.kafka().partitions()));
        return part;
    }

    private Route route(String whose) {
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        String prefix = "bench." + run + "." + whose + ".";
        return new Route(bootstrapServers, prefix, settings.kafka().clientProperties());
    }

    private static String fact(PlacedPart part, String name) {
        String value = part.facts().get(name);
        if (value == null) {
            throw new IllegalStateException("a part does not tell its " + name);
        }
        return value;
    }

    @Override
    public void close() {
        targets.values().forEach(Target::close);
        lines.values().forEach(Line::close);
        parts.close();
    }
}
