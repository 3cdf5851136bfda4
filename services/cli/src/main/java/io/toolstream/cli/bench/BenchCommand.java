package io.toolstream.cli.bench;

import io.toolstream.bench.Bench;
import io.toolstream.bench.BenchSettings;
import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.BenchSettings.Rounds;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Extent;
import io.toolstream.cli.Console;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the line beside its floor and a peer. */
@Command(
        name = "bench",
        description = {
            "Measure calls through the line, beside the least and the usual that they can cost.",
            "The line is measured against an instant stub; interleaved in the same run: two bare Kafka hops "
                    + "as its floor, the stub called directly, and a poll loop with the official MCP Java SDK as a "
                    + "peer."
        },
        subcommands = {
            SoakCommand.class,
            IsolationCommand.class,
            OverloadCommand.class,
            McpBenchCommand.class,
            CacheBenchCommand.class,
            MetricsBenchCommand.class,
            ReplayBenchCommand.class
        })
public final class BenchCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--in-flight",
            split = ",",
            paramLabel = "N",
            description = "Closed loops: so many calls under way at any time. Default: 1,50.")
    private List<Integer> inFlight = List.of();

    @Option(
            names = "--pause",
            paramLabel = "MS",
            description =
                    "Of closed loops, between an answer and the next call: all are asked equally seldom. Default: 0.")
    private int pauseMillis;

    @Mixin
    private FarSideOptions farSide = new FarSideOptions();

    @Option(
            names = "--rate",
            split = ",",
            paramLabel = "N",
            description = "Open loops: so many calls per second, latency from the intended start.")
    private List<Integer> rates = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds; medians are reported. Default: 5.")
    private int rounds = Rounds.DEFAULT.count();

    @Option(names = "--seconds", paramLabel = "N", description = "Length of each measurement. Default: 3.")
    private int seconds = (int) Rounds.DEFAULT.measure().time().toSeconds();

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Calls of the first warm-up of each contender. Default: 30000.")
    private long warmUpCalls = Rounds.DEFAULT.firstWarmUp().calls();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = {
                "Measure these: ${COMPLETION-CANDIDATES}. Default: floor,stub,line,peer.",
                "What the ledger costs: line,line-once,ack; what order costs: line-keyed,line-ordered.",
                "What records of 100 calls are worth: line,line-batch with --in-flight 1000.",
                "What measuring and telling cost: line,line-unmetered,line-eventless with --in-flight 50."
            })
    private Set<Contender> only = Contender.usual();

    @Mixin
    private SiteOptions site = new SiteOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    BenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = session.console();
        return Bench.run(SiteOptions.checked(this::settings), console.out(), console.err());
    }

    BenchSettings settings() {
        List<Integer> closed = inFlight.isEmpty() && rates.isEmpty() ? Workload.DEFAULT.inFlight() : inFlight;
        Rounds defaults = Rounds.DEFAULT;
        return new BenchSettings(
                new Workload(closed, rates, site.payloadBytes(), Duration.ofMillis(pauseMillis), farSide.toolTime()),
                new Rounds(
                        rounds,
                        new Extent(warmUpCalls, defaults.firstWarmUp().time()),
                        defaults.warmUp(),
                        new Extent(defaults.measure().calls(), Duration.ofSeconds(seconds))),
                only,
                new Placement(site.isInProcess(), 1, site.workerHeapMiB(), 0, farSide.worker()),
                site.kafka(),
                format(output));
    }

    static Format format(OutputOption output) {
        return output.format() == OutputOption.Format.TABLE ? Format.TABLE : Format.JSON;
    }
}
