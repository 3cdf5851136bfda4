package io.toolstream.bench;

import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.ClosedLoop;
import io.toolstream.bench.load.Extent;
import io.toolstream.bench.load.Load;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Numbers;
import io.toolstream.bench.load.OpenLoop;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.load.Timeline;
import io.toolstream.bench.place.ProcessFigures;
import io.toolstream.bench.report.Overload;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/** Finds the peak and what is normal, offers several times as much for a while, and watches what becomes of both. */
final class OverloadRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration BEFORE = Duration.ofSeconds(8);
    private static final int LIMIT = 19_000;

    private final OverloadSettings settings;
    private final PolicySite site;
    private final PrintStream progress;
    private final Numbers numbers = new Numbers(1_000_000_000L);
    private final Target line;

    OverloadRun(OverloadSettings settings, PolicySite site, PrintStream progress) {
        this.settings = settings;
        this.site = site;
        this.progress = progress;
        this.line = site.target(1, settings.placement().servers(), TIMEOUT);
    }

    /** Settings of the worker that make the permits what they are to be. */
    static Map<String, String> worker(OverloadSettings settings) {
        String permits = Integer.toString(settings.permits());
        return Map.of(
                "mcp.concurrency.initial", permits,
                "mcp.concurrency.least", permits,
                "mcp.concurrency.most", permits,
                "mcp.pool.max", permits);
    }

    Overload measure() throws InterruptedException {
        progress.println("warm-up");
        drive(saturating(), line, WARM_UP);
        Measurement peak = drive(saturating(), line, BEFORE);
        progress.printf("peak        %.0f calls/s%n", peak.callsPerSecond());
        Measurement before = drive(normal(), line, BEFORE);
        ProcessFigures atFirst = site.worker();

        Timeline during = new Timeline(line, settings.length());
        int offered = settings.capacity() * settings.percent() / 100;
        progress.printf(
                "overload    %d calls/s for %d s%n", offered, settings.length().toSeconds());
        Measurement overloaded = overload(new OpenLoop(offered, LIMIT, Clock.SYSTEM), during);
        ProcessFigures atLast = site.worker();

        progress.println("aftermath");
        Timeline after = new Timeline(line, settings.aftermath());
        drive(normal(), after, settings.aftermath());
        return new Overload(
                peak, before, overloaded, during.slices(), after.slices(), atFirst, atLast, site.mostConnections());
    }

    private Load saturating() {
        return new ClosedLoop(settings.permits() * 2 * settings.placement().servers(), Clock.SYSTEM);
    }

    private Load normal() {
        return new OpenLoop(Math.max(1, settings.capacity() / 2), LIMIT, Clock.SYSTEM);
    }

    private Measurement overload(Load load, Target target) throws InterruptedException {
        return drive(load, target, settings.length());
    }

    private Measurement drive(Load load, Target target, Duration time) throws InterruptedException {
        return load.drive(target, numbers, new Extent(0, time));
    }
}
