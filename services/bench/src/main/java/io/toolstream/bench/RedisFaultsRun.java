package io.toolstream.bench;

import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.Extent;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Numbers;
import io.toolstream.bench.load.OpenLoop;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.place.ProcessFigures;
import io.toolstream.bench.report.RedisFaultPair;
import io.toolstream.bench.report.RedisFaults;
import io.toolstream.bench.stub.FaultyRedis;
import io.toolstream.bench.stub.RedisFault;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;

/** Puts calls whose answers are kept on the line at a fixed rate, without and with each fault in turn. For one thread. */
final class RedisFaultsRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /** Connections are tried anew once a second, and have to answer in time. */
    private static final Duration RECOVERY = Duration.ofSeconds(4);

    private static final int LIMIT = 10_000;
    private static final long SEED = 42;

    private final RedisFaultsSettings settings;
    private final PolicySite site;
    private final FaultyRedis redis;
    private final PrintStream progress;
    private final Numbers numbers = new Numbers(1);
    private final Target keyed;

    RedisFaultsRun(RedisFaultsSettings settings, PolicySite site, FaultyRedis redis, PrintStream progress) {
        this.settings = settings;
        this.site = site;
        this.redis = redis;
        this.progress = progress;
        this.keyed = keyed(site.target(1, 1, TIMEOUT), settings.keys());
    }

    /** Equal numbers are equal calls. */
    private static Target keyed(Target line, int keys) {
        SplittableRandom random = new SplittableRandom(SEED);
        return new Target() {
            @Override
            public CompletionStage<?> call(long number) {
                return line.call(random.nextInt(keys));
            }

            @Override
            public void close() {
                line.close();
            }
        };
    }

    RedisFaults measure() throws InterruptedException {
        progress.println("warm-up");
        drive(WARM_UP);
        int unused = site.mostLinesInASecond();
        ProcessFigures atFirst = site.worker();
        List<RedisFaultPair> pairs = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (RedisFault fault : settings.faults()) {
                pairs.add(pair(fault));
            }
        }
        return new RedisFaults(pairs, atFirst, site.worker());
    }

    private RedisFaultPair pair(RedisFault fault) throws InterruptedException {
        Measurement without = drive(settings.measure());
        redis.fail(fault);
        Measurement with = drive(settings.measure());
        redis.fail(RedisFault.NONE);
        Measurement after = drive(RECOVERY);
        RedisFaultPair pair = new RedisFaultPair(
                fault.name().toLowerCase(Locale.ROOT), without, with, after, site.mostLinesInASecond());
        progress.printf(
                Locale.ROOT,
                "%-10s p99 %.1f ms, %.1f ms without%n",
                pair.fault(),
                with.latency().p99Nanos() / 1e6,
                without.latency().p99Nanos() / 1e6);
        return pair;
    }

    private Measurement drive(Duration time) throws InterruptedException {
        return new OpenLoop(settings.callsPerSecond(), LIMIT, Clock.SYSTEM).drive(keyed, numbers, new Extent(0, time));
    }
}
