package io.toolstream.cli.parked;

import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.cli.broker.Pipeline;
import io.toolstream.client.ParkedCalls;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists calls that wait for their tool servers to recover. */
@Command(
        name = "parked",
        description = "Show the calls that wait for their tool servers to recover.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ParkedCommand.Ls.class)
public final class ParkedCommand {
    /** Counted by server, tool and reason, or one by one. */
    @Command(
            name = "ls",
            description = "Count the calls that wait, by tool and reason; with --each, or as JSON, list each of them.")
    static final class Ls implements Callable<Integer> {
        private final Session session;

        @Option(
                names = {"--each", "--calls"},
                description = "Each call, or record of several, in the order in which they come back.")
        private boolean each;

        @Mixin
        private OutputOption output = new OutputOption();

        @Mixin
        private BrokerOptions broker = new BrokerOptions();

        Ls(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            try (Pipeline pipeline = session.connector()
                    .connect(broker.endpoint(session.console().environment()))) {
                ParkedCalls parked = pipeline.parked();
                ParkedPrinter printer = new ParkedPrinter(session.console(), InstantSource.system());
                return printer.print(parked, output.format(), each).number();
            }
        }
    }
}
