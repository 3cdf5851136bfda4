package io.toolstream.cli.catalogue;

import io.toolstream.cli.OutputOption;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists and shows tools. */
@Command(
        name = "tools",
        description = "List tools, show one.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ToolsCommand.Ls.class, ToolsCommand.Show.class})
public final class ToolsCommand {
    /** All tools, or those of one server. */
    @Command(name = "ls", description = "List the tools of all servers, or of one.")
    static final class Ls implements Callable<Integer> {
        private final Session session;

        @Parameters(arity = "0..1", paramLabel = "SERVER", description = "Only this server's.")
        private @Nullable String server;

        @Mixin
        private OutputOption output = new OutputOption();

        @Mixin
        private BrokerOptions broker = new BrokerOptions();

        Ls(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return CatalogueAction.of(session, broker, output).listTools(server).number();
        }
    }

    /** One tool with its arguments. */
    @Command(name = "show", description = "Show one tool with its arguments.")
    static final class Show implements Callable<Integer> {
        private final Session session;

        @Parameters(index = "0", paramLabel = "SERVER", description = "The tool server.")
        private String server = "";

        @Parameters(index = "1", paramLabel = "TOOL", description = "The tool.")
        private String tool = "";

        @Mixin
        private OutputOption output = new OutputOption();

        @Mixin
        private BrokerOptions broker = new BrokerOptions();

        Show(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return CatalogueAction.of(session, broker, output)
                    .showTool(server, tool)
                    .number();
        }
    }
}
