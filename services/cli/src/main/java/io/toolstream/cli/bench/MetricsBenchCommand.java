package io.toolstream.cli.bench;

import io.toolstream.bench.metrics.MetricsBench;
import io.toolstream.bench.metrics.MetricsBenchSettings;
import io.toolstream.bench.metrics.MetricsPlace;
import io.toolstream.cli.Console;
import io.toolstream.cli.Logs;
import io.toolstream.cli.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the metrics app. */
@Command(
        name = "metrics",
        description = {
            "Measure the metrics app: events counted in a second, and the age of what it publishes.",
            "Broker and app share a process, unless the app is given a core of its own."
        })
final class MetricsBenchCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--events", paramLabel = "N", description = "Written before it starts. Default: 1000000.")
    private int events = MetricsBenchSettings.DEFAULT.events();

    @Option(names = "--tools", paramLabel = "N", description = "Tools they are of. Default: 50.")
    private int tools = MetricsBenchSettings.DEFAULT.tools();

    @Option(names = "--rate", paramLabel = "N", description = "Events a second, afterwards. Default: 1000.")
    private int rate = MetricsBenchSettings.DEFAULT.perSecond();

    @Option(names = "--seconds", paramLabel = "N", description = "For so long. Default: 20.")
    private int seconds = MetricsBenchSettings.DEFAULT.seconds();

    @Option(
            names = "--own-core",
            description = "The app in a process of its own on core 0, broker and reader on the others. Needs taskset.")
    private boolean hasOwnCore;

    MetricsBenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = session.console();
        Logs.quiet(console.environment());
        MetricsBenchSettings settings = SiteOptions.checked(() -> new MetricsBenchSettings(
                events, tools, rate, seconds, hasOwnCore ? MetricsPlace.OWN_CORE : MetricsPlace.SHARED));
        return MetricsBench.run(settings, console.out(), console.err());
    }
}
