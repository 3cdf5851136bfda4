package io.toolstream.bench.mcp;

import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.ClosedLoop;
import io.toolstream.bench.load.Extent;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Numbers;
import io.toolstream.mcp.Latencies;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Measures the ways to call a tool beside one another, round by round, in an order that rotates. */
public final class McpBench {
    private static final long FIRST_NUMBER = 1_000_000_000L;

    private final McpBenchSettings settings;
    private final Targets targets;
    private final PrintStream progress;
    private final Numbers numbers = new Numbers(FIRST_NUMBER);
    private final List<Found> found = new ArrayList<>();
    private long failures;

    private McpBench(McpBenchSettings settings, Targets targets, PrintStream progress) {
        this.settings = settings;
        this.targets = targets;
        this.progress = progress;
    }

    /**
     * Measures and prints a table. Blocks until the run is over.
     *
     * @return the exit code: 0, or 1 where a call was lost, failed or answered wrongly
     */
    public static int run(McpBenchSettings settings, PrintStream out, PrintStream progress)
            throws InterruptedException, IOException {
        try (Targets targets = Targets.open(settings)) {
            McpBench bench = new McpBench(settings, targets, progress);
            bench.measure();
            bench.print(out);
            return bench.failures == 0 ? 0 : 1;
        }
    }

    private void measure() throws InterruptedException {
        for (Way way : order(0)) {
            progress.println("warm-up     " + way.title());
            drive(way, settings.mostInFlight(), settings.warmUp());
        }
        for (int round = 1; round <= settings.rounds(); round++) {
            for (int inFlight : settings.inFlight()) {
                for (Way way : order(round)) {
                    measure(round, inFlight, way);
                }
            }
        }
    }

    private void measure(int round, int inFlight, Way way) throws InterruptedException {
        drive(way, inFlight, new Extent(100, settings.measure().time().dividedBy(4)));
        ThreadTimes before = ThreadTimes.now();
        Latencies borrowBefore = targets.borrow(way);
        Measurement measurement = drive(way, inFlight, settings.measure());
        long cpuNanos = ThreadTimes.now().since(before);
        Found one = new Found(
                way, inFlight, measurement, cpuNanos, targets.borrow(way).minus(borrowBefore));
        found.add(one);
        progress.printf(
                Locale.ROOT,
                "round %d/%d   %3d in flight  %-9s %8.0f calls/s, %.1f µs of processor%n",
                round,
                settings.rounds(),
                inFlight,
                way.title(),
                one.callsPerSecond(),
                one.cpuMicros());
    }

    private Measurement drive(Way way, int inFlight, Extent extent) throws InterruptedException {
        Measurement measurement =
                new ClosedLoop(inFlight, Clock.SYSTEM).drive(Objects.requireNonNull(targets.of(way)), numbers, extent);
        failures += measurement.failures().total();
        if (measurement.failures().total() > 0) {
            progress.println(way.title() + ": " + measurement.failures());
        }
        return measurement;
    }

    private List<Way> order(int round) {
        List<Way> order = new ArrayList<>(targets.ways());
        Collections.rotate(order, round);
        return order;
    }

    private void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "Java %s, %d processors, arguments of %d bytes, medians of %d rounds%n%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                settings.payloadBytes(),
                settings.rounds());
        out.printf(
                "%9s  %-10s %10s %9s %9s %12s %14s%n",
                "in flight", "", "calls/s", "p50 µs", "p99 µs", "client µs", "borrow p99 µs");
        for (int inFlight : settings.inFlight()) {
            for (Way way : targets.ways()) {
                out.printf(
                        Locale.ROOT,
                        "%9d  %-10s %10.0f %9.0f %9.0f %12.1f %14.0f%n",
                        inFlight,
                        way.title(),
                        median(way, inFlight, Found::callsPerSecond),
                        median(way, inFlight, Found::p50Micros),
                        median(way, inFlight, Found::p99Micros),
                        median(way, inFlight, Found::cpuMicros),
                        median(way, inFlight, Found::borrowP99Micros));
            }
        }
        out.println("\nclient µs: processor time of the client's threads for one call, the driver's included");
        out.println("borrow: until a call had a connection, its way into the event loop included; at most so long");
        if (failures > 0) {
            out.println(failures + " calls were lost, failed or answered wrongly");
        }
    }

    private double median(Way way, int inFlight, ToDoubleFunction<Found> figure) {
        double[] sorted = found.stream()
                .filter(one -> one.way() == way && one.inFlight() == inFlight)
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
