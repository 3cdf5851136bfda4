package io.toolstream.cli.bench;

import io.toolstream.bench.Bench;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.IsolationSettings;
import io.toolstream.bench.stub.Fault;
import io.toolstream.cli.Console;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what one bad tool server does to the others. */
@Command(
        name = "isolation",
        description = {
            "Let one of several tool servers fail, and measure the others.",
            "Their goodput and their p95 with it and without. Ends with 1 where they keep less than 95 %% of "
                    + "the one or more than 125 %% of the other."
        })
final class IsolationCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--fault",
            split = ",",
            paramLabel = "NAME",
            description = "What is wrong with the bad one: dead, hung, resetting, dripping. Default: all of these.")
    private List<Fault> faults = IsolationSettings.DEFAULT.faults();

    @Option(names = "--rounds", paramLabel = "N", description = "Pairs of measurements for each fault. Default: 3.")
    private int rounds = IsolationSettings.DEFAULT.rounds();

    @Option(names = "--seconds", paramLabel = "N", description = "Length of each measurement. Default: 10.")
    private int seconds = (int) IsolationSettings.DEFAULT.measure().toSeconds();

    @Option(names = "--rate", paramLabel = "N", description = "Calls per second to each server. Default: 30.")
    private int rate = IsolationSettings.DEFAULT.callsPerSecond();

    @Option(names = "--servers", paramLabel = "N", description = "The bad one included. Default: 9.")
    private int servers = IsolationSettings.DEFAULT.placement().servers();

    @Option(
            names = "--worker",
            paramLabel = "KEY=VALUE",
            description = "A setting of the worker that is not the default. May be repeated.")
    private Map<String, String> worker = Map.of();

    @Mixin
    private SiteOptions site = new SiteOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    IsolationCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = session.console();
        return Bench.isolation(SiteOptions.checked(this::settings), console.out(), console.err());
    }

    IsolationSettings settings() {
        return new IsolationSettings(
                faults,
                rounds,
                Duration.ofSeconds(seconds),
                rate,
                IsolationSettings.DEFAULT.toolTime(),
                worker,
                new Placement(site.isInProcess(), servers, site.workerHeapMiB()),
                site.kafka(),
                BenchCommand.format(output));
    }
}
