package io.toolstream.bench;

import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.Extent;
import io.toolstream.bench.load.Load;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Numbers;
import io.toolstream.bench.load.OpenLoop;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.report.IsolationPair;
import io.toolstream.bench.stub.Fault;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * The measuring of one bad server's harm: all servers are called at the same, fixed rate; then the first is told to fail
 * while that goes on. Without and with the fault take turns, so that whatever else the machine does hits both.
 */
final class IsolationRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MOST_RECOVERY = Duration.ofSeconds(60);
    private static final int LIMIT = 10_000;
    private static final int WELL_IN_A_ROW = 20;

    private final IsolationSettings settings;
    private final PolicySite site;
    private final PrintStream progress;
    private final Numbers numbers = new Numbers(1_000_000_000L);
    private final Target others;
    private final Target bad;

    IsolationRun(IsolationSettings settings, PolicySite site, PrintStream progress) {
        this.settings = settings;
        this.site = site;
        this.progress = progress;
        this.bad = site.target(1, 1, TIMEOUT);
        this.others = site.target(2, settings.placement().servers(), TIMEOUT);
    }

    List<IsolationPair> measure() throws InterruptedException {
        progress.println("warm-up");
        drive(WARM_UP);
        List<IsolationPair> pairs = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Fault fault : settings.faults()) {
                pairs.add(pair(fault, round));
            }
        }
        return pairs;
    }

    private IsolationPair pair(Fault fault, int round) throws InterruptedException {
        Measured without = drive(settings.measure());
        site.server(1).fail(fault);
        Measured with = drive(settings.measure());
        site.server(1).fail(Fault.NONE);
        Duration recovery = awaitRecovery();
        IsolationPair pair = new IsolationPair(
                fault.name().toLowerCase(Locale.ROOT), without.others(), with.others(), with.bad(), recovery);
        progress.printf(
                Locale.ROOT,
                "round %d/%d   %-10s the others: goodput %.1f %%, p95 %.1f against %.1f ms; it was used again after %.1f s%n",
                round,
                settings.rounds(),
                pair.fault(),
                pair.goodputPercent(),
                with.others().latency().p95Nanos() / 1e6,
                without.others().latency().p95Nanos() / 1e6,
                recovery.toMillis() / 1e3);
        return pair;
    }

    private record Measured(Measurement others, Measurement bad) {}

    private Measured drive(Duration time) throws InterruptedException {
        int rate = settings.callsPerSecond();
        CompletableFuture<Measurement> toBad = new CompletableFuture<>();
        Thread beside =
                new Thread(() -> drive(new OpenLoop(rate, LIMIT, Clock.SYSTEM), bad, time, toBad), "bad-server");
        beside.start();
        OpenLoop load = new OpenLoop(rate * (settings.placement().servers() - 1), LIMIT, Clock.SYSTEM);
        Measurement found = load.drive(others, numbers, new Extent(0, time));
        beside.join();
        return new Measured(found, toBad.join());
    }

    private void drive(Load load, Target target, Duration time, CompletableFuture<Measurement> result) {
        try {
            result.complete(load.drive(target, numbers, new Extent(0, time)));
        } catch (InterruptedException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** How long until calls of the bad server are answered again, one after the other. */
    private Duration awaitRecovery() throws InterruptedException {
        long beganNanos = System.nanoTime();
        long firstWellNanos = beganNanos;
        int well = 0;
        while (well < WELL_IN_A_ROW && System.nanoTime() - beganNanos < MOST_RECOVERY.toNanos()) {
            Measurement one = new OpenLoop(settings.callsPerSecond(), 1, Clock.SYSTEM)
                    .drive(bad, numbers, new Extent(1, Duration.ofMillis(50)));
            if (one.failures().total() > 0) {
                well = 0;
            } else if (well++ == 0) {
                firstWellNanos = System.nanoTime();
            }
        }
        return Duration.ofNanos(firstWellNanos - beganNanos);
    }
}
