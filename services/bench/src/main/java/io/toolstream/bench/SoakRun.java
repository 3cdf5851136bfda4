package io.toolstream.bench;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.ClosedLoop;
import io.toolstream.bench.load.Extent;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Numbers;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.report.Checkpoint;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Drives the line from checkpoint to checkpoint. */
final class SoakRun {
    private final SoakSettings settings;
    private final Site site;
    private final PrintStream progress;

    SoakRun(SoakSettings settings, Site site, PrintStream progress) {
        this.settings = settings;
        this.site = site;
        this.progress = progress;
    }

    List<Checkpoint> drive() throws InterruptedException {
        Target line = Objects.requireNonNull(site.targets().get(Contender.LINE));
        ClosedLoop load = new ClosedLoop(settings.inFlight(), Clock.SYSTEM);
        Numbers numbers = new Numbers(1);
        List<Checkpoint> checkpoints = new ArrayList<>();
        long done = 0;
        for (long calls : settings.checkpoints()) {
            checkpoints.add(
                    calls == 0
                            ? checkpoint(0, 0, 0)
                            : checkpoint(calls, load.drive(line, numbers, new Extent(calls - done, Duration.ZERO))));
            done = calls;
            progress.println(calls + " calls");
        }
        return checkpoints;
    }

    private Checkpoint checkpoint(long calls, Measurement found) {
        return checkpoint(calls, found.callsPerSecond(), found.failures().total());
    }

    private Checkpoint checkpoint(long calls, double callsPerSecond, long failures) {
        return new Checkpoint(
                calls, callsPerSecond, failures, site.parts().figures(PartKind.WORKER), site.mostConnections());
    }
}
