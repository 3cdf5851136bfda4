package io.toolstream.cli.catalogue;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.JsonOutput;
import io.toolstream.cli.OutputOption;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BrokerOptions;
import io.toolstream.cli.broker.Pipeline;
import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.client.Catalogue;
import io.toolstream.settings.source.DidYouMean;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue once and prints what was asked for. */
final class CatalogueAction {
    private static final int SUMMARY_WIDTH = 80;

    private final Console console;
    private final Format format;
    private final Catalogue catalogue;

    private CatalogueAction(Console console, Format format, Catalogue catalogue) {
        this.console = console;
        this.format = format;
        this.catalogue = catalogue;
    }

    static CatalogueAction of(Session session, BrokerOptions broker, OutputOption output) {
        Console console = session.console();
        try (Pipeline pipeline = session.connector().connect(broker.endpoint(console.environment()))) {
            return new CatalogueAction(console, output.format(), pipeline.catalogue());
        }
    }

    ExitCode listServers() {
        long nowMillis = System.currentTimeMillis();
        if (format != Format.TABLE) {
            JsonOutput.printAll(
                    console,
                    format,
                    catalogue.servers().stream()
                            .map(server -> CatalogueJson.server(
                                    server, ServerTable.views(catalogue, server.name(), nowMillis)))
                            .toList());
            return ExitCode.OK;
        }
        print(
                ServerTable.of(catalogue, nowMillis),
                "no worker has announced a tool server yet (it does within seconds of its start)");
        return ExitCode.OK;
    }

    ExitCode listTools(@Nullable String server) {
        if (server != null) {
            requireServer(server);
        }
        List<OfTool> tools = server == null ? catalogue.tools() : catalogue.toolsOf(server);
        if (format != Format.TABLE) {
            JsonOutput.printAll(
                    console, format, tools.stream().map(CatalogueJson::tool).toList());
            return ExitCode.OK;
        }
        Table table = new Table("SERVER", "TOOL", "DESCRIPTION");
        tools.forEach(
                tool -> table.row(tool.server(), tool.name(), ToolText.of(tool).summary(SUMMARY_WIDTH)));
        print(table, "no tools");
        return ExitCode.OK;
    }

    ExitCode showTool(String server, String name) {
        requireServer(server);
        OfTool tool = catalogue
                .tool(server, name)
                .orElseThrow(() -> unknown(
                        "tool '" + name + "' on server '" + server + "'",
                        name,
                        catalogue.toolsOf(server).stream().map(OfTool::name).toList()));
        if (format == Format.TABLE) {
            ToolText.of(tool).lines(Style.of(console.coloursOut())).forEach(console.out()::println);
        } else {
            JsonOutput.print(console, format, CatalogueJson.tool(tool));
        }
        return ExitCode.OK;
    }

    private void requireServer(String name) {
        if (catalogue.server(name).isEmpty()) {
            throw unknown(
                    "tool server '" + name + "'",
                    name,
                    catalogue.servers().stream().map(OfServer::name).toList());
        }
    }

    private static CommandFailure unknown(String what, String name, List<String> known) {
        String hint = DidYouMean.hint(known, name);
        String suggestion = hint.isEmpty() && !known.isEmpty() ? "; there is: " + String.join(", ", known) : hint;
        return new CommandFailure(ExitCode.REFUSED, "no " + what + suggestion);
    }

    private void print(Table table, String ifEmpty) {
        if (table.isEmpty()) {
            console.err().println(ifEmpty);
        } else {
            table.lines(Style.of(console.coloursOut())).forEach(console.out()::println);
        }
    }
}
