package io.toolstream.cli.bench;

import io.toolstream.bench.Bench;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.SoakSettings;
import io.toolstream.cli.Console;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts many calls on the line and looks at the worker's process. */
@Command(
        name = "soak",
        description = "Put many calls on the line; tell the worker's resident memory and the threads it has started.")
final class SoakCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--calls",
            split = ",",
            paramLabel = "N",
            description = "Look after so many calls; 0: when it is ready. Default: 1000,10000,30000,100000.")
    private List<Long> calls = SoakSettings.DEFAULT.checkpoints();

    @Option(names = "--in-flight", paramLabel = "N", description = "Calls under way at any time. Default: 50.")
    private int inFlight = SoakSettings.DEFAULT.inFlight();

    @Mixin
    private FarSideOptions farSide = new FarSideOptions();

    @Option(
            names = "--servers",
            paramLabel = "N",
            description = "Tool servers of the worker, called in turn. Default: 9.")
    private int servers = SoakSettings.DEFAULT.placement().servers();

    @Option(
            names = "--children",
            paramLabel = "N",
            description = "So many of them are children of the worker, which cost memory of their own. Default: 1.")
    private int children = SoakSettings.DEFAULT.placement().children();

    @Mixin
    private SiteOptions site = new SiteOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    SoakCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = session.console();
        return Bench.soak(SiteOptions.checked(this::settings), console.out(), console.err());
    }

    SoakSettings settings() {
        return new SoakSettings(
                calls,
                new Workload(List.of(inFlight), List.of(), site.payloadBytes(), Duration.ZERO, farSide.toolTime()),
                new Placement(site.isInProcess(), servers, site.workerHeapMiB(), children, farSide.worker()),
                site.kafka(),
                BenchCommand.format(output));
    }
}
