package io.toolstream.cli.bench;

import io.toolstream.bench.Bench;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.OverloadSettings;
import io.toolstream.cli.Console;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what more load than a tool server can bear does to the line. */
@Command(
        name = "overload",
        description = {
            "Offer a tool server several times what it can do.",
            "Measures what is answered all the same, what the worker holds, and how long all takes to be as "
                    + "before. Ends with 1 where less is answered than 90 %% of the peak or it takes longer than 15 s."
        })
final class OverloadCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--permits", paramLabel = "N", description = "Attempts at the same time. Default: 10.")
    private int permits = OverloadSettings.DEFAULT.permits();

    @Option(names = "--tool-ms", paramLabel = "MS", description = "What each of them takes. Default: 50.")
    private int toolMillis = (int) OverloadSettings.DEFAULT.toolTime().toMillis();

    @Option(names = "--percent", paramLabel = "N", description = "What is offered of what it can do. Default: 300.")
    private int percent = OverloadSettings.DEFAULT.percent();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of the overload; 300 is the long form. Default: 20.")
    private int seconds = (int) OverloadSettings.DEFAULT.length().toSeconds();

    @Mixin
    private SiteOptions site = new SiteOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    OverloadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = session.console();
        return Bench.overload(SiteOptions.checked(this::settings), console.out(), console.err());
    }

    OverloadSettings settings() {
        return new OverloadSettings(
                permits,
                Duration.ofMillis(toolMillis),
                percent,
                Duration.ofSeconds(seconds),
                OverloadSettings.DEFAULT.aftermath(),
                new Placement(site.isInProcess(), 1, site.workerHeapMiB()),
                site.kafka(),
                BenchCommand.format(output));
    }
}
