package io.toolstream.bench;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.ClosedLoop;
import io.toolstream.bench.load.Extent;
import io.toolstream.bench.load.Failures;
import io.toolstream.bench.load.Load;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Numbers;
import io.toolstream.bench.load.OpenLoop;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.place.Efforts;
import io.toolstream.bench.report.Sample;
import io.toolstream.bench.report.Samples;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The measuring: first all are warmed up alike, then every round measures every contender at every load, each after
 * another short warm-up, in an order that rotates from round to round so that none is always first.
 */
final class BenchRun {
    private static final int OPEN_LOOP_LIMIT = 10_000;
    private static final int WARM_UP_IN_FLIGHT = 50;
    private static final long FIRST_NUMBER = 1_000_000_000L;

    private final BenchSettings settings;
    private final Site site;
    private final PrintStream progress;
    private final Numbers numbers = new Numbers(FIRST_NUMBER);
    private final List<Sample> samples = new ArrayList<>();
    private long warmUpFailures;

    BenchRun(BenchSettings settings, Site site, PrintStream progress) {
        this.settings = settings;
        this.site = site;
        this.progress = progress;
    }

    Samples measure() throws InterruptedException {
        for (Contender contender : order(0)) {
            warmUp(contender);
        }
        for (int round = 1; round <= settings.rounds().count(); round++) {
            for (Load load : loads()) {
                for (Contender contender : order(round)) {
                    samples.add(sample(round, load, contender));
                }
            }
        }
        return new Samples(samples, warmUpFailures);
    }

    private void warmUp(Contender contender) throws InterruptedException {
        int most = settings.workload().inFlight().stream().max(Integer::compare).orElse(WARM_UP_IN_FLIGHT);
        Load load = new ClosedLoop(most, Clock.SYSTEM);
        progress.printf("warm-up     %-12s %s%n", load.label(), contender);
        warmUp(load, contender, settings.rounds().firstWarmUp());
    }

    private void warmUp(Load load, Contender contender, Extent extent) throws InterruptedException {
        Failures failures = drive(load, contender, extent).failures();
        if (failures.total() > 0) {
            warmUpFailures += failures.total();
            progress.printf("%d calls failed, the first with: %s%n", failures.total(), failures.first());
        }
    }

    private Sample sample(int round, Load load, Contender contender) throws InterruptedException {
        rest(contender);
        warmUp(load, contender, settings.rounds().warmUp());
        Efforts before = site.parts().efforts();
        Measurement found = drive(load, contender, settings.rounds().measure());
        Efforts used = site.parts().efforts().since(before);
        progress.printf(
                "round %d/%d   %-12s %-12s %8.0f calls/s, p50 %.2f ms%n",
                round,
                settings.rounds().count(),
                load.label(),
                contender,
                found.callsPerSecond(),
                found.latency().p50Nanos() / 1e6);
        return new Sample(round, load.label(), contender, found, used);
    }

    private void rest(Contender contender) throws InterruptedException {
        if (site.targets().size() > 1) {
            Clock.SYSTEM.awaitNanos(System.nanoTime() + contender.rest().toNanos());
        }
    }

    private Measurement drive(Load load, Contender contender, Extent extent) throws InterruptedException {
        Target target = Objects.requireNonNull(site.targets().get(contender));
        return load.drive(target, numbers, extent);
    }

    private List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        Duration pause = settings.workload().pause();
        settings.workload().inFlight().forEach(calls -> loads.add(new ClosedLoop(calls, pause, Clock.SYSTEM)));
        settings.workload()
                .ratesPerSecond()
                .forEach(rate -> loads.add(new OpenLoop(rate, OPEN_LOOP_LIMIT, Clock.SYSTEM)));
        return loads;
    }

    private List<Contender> order(int round) {
        List<Contender> order = new ArrayList<>(site.targets().keySet());
        Collections.rotate(order, round);
        return order;
    }
}
