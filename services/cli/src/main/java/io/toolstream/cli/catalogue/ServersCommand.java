package io.toolstream.cli.catalogue;

import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists tool servers. */
@Command(
        name = "servers",
        description = "List tool servers and their health.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ServersCommand.Ls.class)
public final class ServersCommand {
    /** All servers. */
    @Command(name = "ls", description = "List the tool servers that workers serve, and whether they answer.")
    static final class Ls implements Callable<Integer> {
        private final Session session;

        @Mixin
        private OutputOption output = new OutputOption();

        @Mixin
        private BrokerOptions broker = new BrokerOptions();

        Ls(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return CatalogueAction.of(session, broker, output).listServers().number();
        }
    }
}
