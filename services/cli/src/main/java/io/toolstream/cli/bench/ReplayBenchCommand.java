package io.toolstream.cli.bench;

import io.toolstream.bench.Bench;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.ReplaySettings;
import io.toolstream.cli.Console;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a replay of dead letters does to live calls. */
@Command(
        name = "replay",
        description = {
            "Replay dead letters at a capped rate beside live calls, and measure those.",
            "Without the replay and with it; it is interrupted and gone on with in every round. Ends with 1 "
                    + "where the p95 of live calls grows by more than 25 %%, or a letter is not sent exactly once."
        })
final class ReplayBenchCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--letters", paramLabel = "N", description = "Dead letters. Default: 100000.")
    private int letters = ReplaySettings.DEFAULT.letters();

    @Option(names = "--replay-rate", paramLabel = "N", description = "Replayed calls per second. Default: 500.")
    private int replayRate = ReplaySettings.DEFAULT.replaysPerSecond();

    @Option(names = "--rounds", paramLabel = "N", description = "Pairs of measurements. Default: 8.")
    private int rounds = ReplaySettings.DEFAULT.rounds();

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "Of live calls, before anything is measured. Default: 60.")
    private int warmUp = (int) ReplaySettings.DEFAULT.warmUp().toSeconds();

    @Option(names = "--seconds", paramLabel = "N", description = "Length of each measurement. Default: 10.")
    private int seconds = (int) ReplaySettings.DEFAULT.measure().toSeconds();

    @Option(names = "--rate", paramLabel = "N", description = "Live calls per second. Default: 200.")
    private int rate = ReplaySettings.DEFAULT.callsPerSecond();

    @Option(
            names = "--background",
            paramLabel = "PERCENT",
            description =
                    "The worker's mcp.concurrency.background; 100: nothing is kept free for live calls. Default: 25.")
    private int background = ReplaySettings.DEFAULT.background();

    @Mixin
    private SiteOptions site = new SiteOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ReplayBenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Console console = session.console();
        return Bench.replay(SiteOptions.checked(this::settings), console.out(), console.err());
    }

    ReplaySettings settings() {
        return new ReplaySettings(
                letters,
                replayRate,
                rounds,
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                rate,
                ReplaySettings.DEFAULT.toolTime(),
                background,
                new Placement(
                        site.isInProcess(), ReplaySettings.DEFAULT.placement().servers(), site.workerHeapMiB()),
                site.kafka(),
                BenchCommand.format(output));
    }
}
