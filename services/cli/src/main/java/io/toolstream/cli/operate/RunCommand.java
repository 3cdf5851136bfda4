package io.toolstream.cli.operate;

import io.toolstream.cli.Session;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a part of the pipeline on its own. */
@Command(
        name = "run",
        description = "Run a part of the pipeline on its own.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.OfWorker.class, RunCommand.OfMetrics.class})
public final class RunCommand {
    /** A worker alone, against any Kafka. */
    @Command(
            name = "worker",
            description =
                    "Run a worker against any Kafka, until Ctrl-C or SIGTERM; then it ends what is in flight. SIGHUP has it"
                            + " read settings and tool servers again.")
    static final class OfWorker implements Callable<Integer> {
        private final Session session;

        @Mixin
        private RunOptions options = new RunOptions();

        OfWorker(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws InterruptedException {
            Supplier<Loaded> source = () -> options.load(session.console());
            return WorkerRun.run(session.console(), source.get(), source).number();
        }
    }

    /** The metrics app alone, against any Kafka. */
    @Command(
            name = "metrics",
            description = "Run the metrics app against any Kafka, until Ctrl-C or SIGTERM. Several share the work.")
    static final class OfMetrics implements Callable<Integer> {
        private final Session session;

        @Mixin
        private RunOptions options = new RunOptions();

        OfMetrics(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws InterruptedException {
            Loaded loaded = options.load(session.console());
            return MetricsRun.run(session.console(), loaded.settings().settings())
                    .number();
        }
    }
}
