package io.toolstream.cli.bench;

import io.toolstream.bench.cache.CacheBench;
import io.toolstream.bench.cache.CacheBenchSettings;
import io.toolstream.cli.Console;
import io.toolstream.cli.Logs;
import io.toolstream.cli.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what keeping answers is worth. */
@Command(
        name = "cache",
        description = {
            "Measure what keeping answers is worth: a pipeline in this process, calls by Zipf's law on an instant stub,",
            "with the worker's memory alone and with a Redis behind it."
        })
final class CacheBenchCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--calls", paramLabel = "N", description = "Calls. Default: 50000.")
    private int calls = CacheBenchSettings.DEFAULT.calls();

    @Option(names = "--in-flight", paramLabel = "N", description = "Calls under way at any time. Default: 10.")
    private int inFlight = CacheBenchSettings.DEFAULT.inFlight();

    @Option(names = "--keys", paramLabel = "N", description = "Different calls. Default: 1000.")
    private int keys = CacheBenchSettings.DEFAULT.keys();

    CacheBenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Console console = session.console();
        Logs.quiet(console.environment());
        return CacheBench.run(SiteOptions.checked(this::settings), console.out(), console.err());
    }

    CacheBenchSettings settings() {
        CacheBenchSettings defaults = CacheBenchSettings.DEFAULT;
        return new CacheBenchSettings(calls, inFlight, keys, defaults.payloadBytes(), defaults.seed());
    }
}
