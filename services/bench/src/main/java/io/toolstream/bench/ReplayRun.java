package io.toolstream.bench;

import io.toolstream.bench.contender.Payload;
import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.Extent;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Numbers;
import io.toolstream.bench.load.OpenLoop;
import io.toolstream.bench.load.Target;
import io.toolstream.bench.report.ReplayPair;
import io.toolstream.bench.report.ReplayTally;
import io.toolstream.bench.report.Replayed;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The measuring of a replay beside live calls: without and with it take turns, so that whatever else the machine does hits
 * both. The replay is interrupted after each measurement and gone on with in the next, and at last ended; then every call is
 * counted on the topics.
 */
final class ReplayRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int WARM_UP_PER_SECOND = 600;
    private static final int LIMIT = 10_000;

    private final ReplaySettings settings;
    private final PrintStream progress;
    private final Numbers numbers = new Numbers(1_000_000_000L);
    private final Target live;
    private final Letters letters;

    ReplayRun(ReplaySettings settings, PolicySite site, PrintStream progress) {
        this.settings = settings;
        this.progress = progress;
        int servers = settings.placement().servers();
        this.live = site.target(1, servers, TIMEOUT);
        this.letters =
                new Letters(site.route(), settings.kafka().partitions(), new Payload(256), settings.replaysPerSecond());
    }

    Replayed measure() throws InterruptedException {
        progress.printf("keeping %d dead letters%n", settings.letters());
        letters.keep(settings.letters(), settings.placement().servers());
        progress.println("warm-up");
        warmUp();
        List<ReplayPair> pairs = new ArrayList<>();
        for (int round = 1; round <= settings.rounds(); round++) {
            pairs.add(pair(round));
        }
        progress.println("replaying the rest");
        letters.finish();
        ReplayTally tally = letters.tally(settings.letters());
        return new Replayed(settings.letters(), settings.replaysPerSecond(), pairs, tally);
    }

    /** What it is like before its JVM has compiled the way of a call, live or replayed, is another matter. */
    private void warmUp() throws InterruptedException {
        drive(settings.warmUp(), WARM_UP_PER_SECOND);
        Letters.Part part = letters.begin();
        drive(settings.measure(), settings.callsPerSecond());
        part.interrupt();
    }

    private ReplayPair pair(int round) throws InterruptedException {
        Measurement without = drive(settings.measure(), settings.callsPerSecond());
        Letters.Part part = letters.begin();
        Measurement with = drive(settings.measure(), settings.callsPerSecond());
        long sent = part.interrupt();
        ReplayPair pair = new ReplayPair(without, with, sent);
        progress.printf(
                Locale.ROOT,
                "round %d/%d   live p95 %.1f against %.1f ms, %d replayed meanwhile%n",
                round,
                settings.rounds(),
                with.latency().p95Nanos() / 1e6,
                without.latency().p95Nanos() / 1e6,
                sent);
        return pair;
    }

    private Measurement drive(Duration time, int callsPerSecond) throws InterruptedException {
        return new OpenLoop(callsPerSecond, LIMIT, Clock.SYSTEM).drive(live, numbers, new Extent(0, time));
    }
}
