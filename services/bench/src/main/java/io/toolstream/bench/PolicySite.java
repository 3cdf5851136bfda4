package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.contender.Line;
import io.toolstream.bench.contender.Payload;
import io.toolstream.bench.contender.Route;
import io.toolstream.bench.contender.WorkerPart;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.place.ProcessFigures;
import io.toolstream.bench.stub.FaultyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to see a worker's policies at work: a broker and a worker in processes of their own, and tool servers in
 * this one, which can be told to fail. For one thread.
 */
final class PolicySite implements AutoCloseable {
    private final Parts parts;
    private final List<FaultyServer> servers = new ArrayList<>();
    private final Payload payload;
    private final Route route;
    private @Nullable Line line;

    private PolicySite(Placement placement, KafkaLayout kafka, int payloadBytes) throws InterruptedException {
        this.parts = new Parts(placement);
        this.payload = new Payload(payloadBytes);
        String own = kafka.bootstrapServers();
        String broker = own != null
                ? own
                : Objects.requireNonNull(
                        parts.start(PartKind.BROKER, Map.of()).facts().get("bootstrapServers"));
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        this.route = new Route(broker, "bench." + run + ".policy.", kafka.clientProperties());
    }

    /**
     * What is put on the broker.
     *
     * @param toolTime of every call
     * @param worker settings of the worker that are not the default, by their keys
     * @param keeps whether answers may be kept
     */
    record Setup(int payloadBytes, Duration toolTime, Map<String, String> worker, boolean keeps) {
        static Setup of(Duration toolTime, Map<String, String> worker) {
            return new Setup(Workload.DEFAULT.payloadBytes(), toolTime, worker, false);
        }
    }

    /** Starts all of it. Blocks. What was started is closed again if a part does not start. */
    static PolicySite open(Placement placement, KafkaLayout kafka, Setup setup) throws InterruptedException {
        PolicySite site = new PolicySite(placement, kafka, setup.payloadBytes());
        try {
            for (int i = 0; i < placement.servers(); i++) {
                site.servers.add(FaultyServer.start(setup.toolTime()));
            }
            site.startLine(kafka.partitions(), setup);
            return site;
        } catch (IOException e) {
            site.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | InterruptedException e) {
            site.close();
            throw e;
        }
    }

    private void startLine(int partitions, Setup setup) throws InterruptedException {
        Map<String, String> part = new HashMap<>(route.toMap());
        part.put("partitions", Integer.toString(partitions));
        part.put(WorkerPart.KEEPS, Boolean.toString(setup.keeps()));
        setup.worker().forEach((key, value) -> part.put("set." + key, value));
        for (int i = 0; i < servers.size(); i++) {
            part.put("url." + (i + 1), servers.get(i).url().toString());
        }
        parts.start(PartKind.WORKER, part);
        line = Line.connect(route, payload, servers.size());
    }

    /** Calls the servers from the one number to the other, from 1, in turn. */
    Target target(int from, int to, Duration timeout) {
        return Objects.requireNonNull(line).target(from, to, timeout);
    }

    /** The way of its calls. */
    Route route() {
        return route;
    }

    /** From 1. */
    FaultyServer server(int number) {
        return servers.get(number - 1);
    }

    /** Connections to any one server open at the same time, at most, as the servers count them. */
    long mostConnections() {
        return servers.stream().mapToLong(FaultyServer::mostOpen).max().orElse(0);
    }

    ProcessFigures worker() {
        return parts.figures(PartKind.WORKER);
    }

    /** Lines the worker logged within any one second, at most, since this was last asked. */
    int mostLinesInASecond() {
        return parts.mostLinesInASecond(PartKind.WORKER);
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
        parts.close();
        servers.forEach(FaultyServer::close);
    }
}
