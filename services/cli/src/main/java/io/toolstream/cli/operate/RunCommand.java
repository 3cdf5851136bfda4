package io.toolstream.cli.operate;

import io.toolstream.cli.Session;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

        @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Where Kafka is; over the settings.")
        private @Nullable String bootstrap;

        @Mixin
        private SettingsOptions options = new SettingsOptions();

        OfWorker(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws InterruptedException {
            Supplier<Loaded> source = () -> options.load(session.console(), over(bootstrap));
            return WorkerRun.run(session.console(), source.get(), source).number();
        }
    }

    /** The metrics app alone, against any Kafka. */
    @Command(
            name = "metrics",
            description = "Run the metrics app against any Kafka, until Ctrl-C or SIGTERM. Several share the work.")
    static final class OfMetrics implements Callable<Integer> {
        private final Session session;

        @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Where Kafka is; over the settings.")
        private @Nullable String bootstrap;

        @Mixin
        private SettingsOptions options = new SettingsOptions();

        OfMetrics(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws InterruptedException {
            Loaded loaded = options.load(session.console(), over(bootstrap));
            return MetricsRun.run(session.console(), loaded.settings().settings())
                    .number();
        }
    }

    private static String[] over(@Nullable String bootstrap) {
        return bootstrap == null ? new String[0] : new String[] {"kafka.bootstrapServers=" + bootstrap};
    }
}
