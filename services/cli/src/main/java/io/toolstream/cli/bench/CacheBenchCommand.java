package io.toolstream.cli.bench;

import io.toolstream.bench.Bench;
import io.toolstream.bench.RedisFaultsSettings;
import io.toolstream.bench.cache.CacheBench;
import io.toolstream.bench.cache.CacheBenchSettings;
import io.toolstream.cli.Console;
import io.toolstream.cli.Logs;
import io.toolstream.cli.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what keeping answers is worth. */
@Command(
        name = "cache",
        description = {
            "Measure what keeping answers is worth, and what a Redis that fails does to calls.",
            "A pipeline in this process, calls by Zipf's law on an instant stub, with the worker's memory "
                    + "alone and with a Redis behind it. With --faults: what a Redis that fails does to calls, of a "
                    + "worker in a process of its own; needs a redis-server on the PATH, and ends with 1 where more is "
                    + "harmed than is promised."
        })
final class CacheBenchCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--calls", paramLabel = "N", description = "Calls. Default: 50000.")
    private int calls = CacheBenchSettings.DEFAULT.calls();

    @Option(names = "--in-flight", paramLabel = "N", description = "Calls under way at any time. Default: 10.")
    private int inFlight = CacheBenchSettings.DEFAULT.inFlight();

    @Option(names = "--keys", paramLabel = "N", description = "Different calls. Default: 1000.")
    private int keys = CacheBenchSettings.DEFAULT.keys();

    @Option(names = "--faults", description = "Let the Redis fail in several ways instead.")
    private boolean hasFaults;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "With --faults: length of each measurement; 60 is the long form. Default: 8.")
    private int seconds = (int) RedisFaultsSettings.DEFAULT.measure().toSeconds();

    CacheBenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Console console = session.console();
        Logs.quiet(console.environment());
        if (hasFaults) {
            return Bench.redisFaults(SiteOptions.checked(this::faults), console.out(), console.err());
        }
        return CacheBench.run(SiteOptions.checked(this::settings), console.out(), console.err());
    }

    private RedisFaultsSettings faults() {
        RedisFaultsSettings defaults = RedisFaultsSettings.DEFAULT;
        return new RedisFaultsSettings(
                defaults.faults(),
                defaults.rounds(),
                Duration.ofSeconds(seconds),
                defaults.callsPerSecond(),
                defaults.keys(),
                defaults.toolTime());
    }

    CacheBenchSettings settings() {
        CacheBenchSettings defaults = CacheBenchSettings.DEFAULT;
        return new CacheBenchSettings(calls, inFlight, keys, defaults.payloadBytes(), defaults.seed());
    }
}
