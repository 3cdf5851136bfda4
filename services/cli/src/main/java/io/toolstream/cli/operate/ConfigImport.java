package io.toolstream.cli.operate;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Session;
import io.toolstream.settings.mistral.MistralImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns a configuration of mistral.rs into files of ours. */
@Command(
        name = "import",
        description = "Make an mcp.json and settings from an MCP configuration of mistral.rs.",
        footer = {
            "",
            "What is otherwise here than there is told as a warning, with file, line and column.",
            "Nothing is written if mistral.rs would not start with the file."
        })
final class ConfigImport implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "What mistral.rs is given as --mcp-config.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The list of servers to write. Default: mcp.json.")
    private Path servers = Path.of("mcp.json");

    @Option(names = "--settings", paramLabel = "FILE", description = "The settings to write. Default: toolstream.yaml.")
    private Path settings = Path.of("toolstream.yaml");

    @Option(names = "--force", description = "Replace files that are there.")
    private boolean force;

    ConfigImport(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Console console = session.console();
        MistralImport imported = MistralImport.of(file, servers, settings);
        imported.warnings().forEach(warning -> console.err().println("toolstream: warning: " + warning));
        refuseToReplace();
        PrivateFile.write(servers, imported.servers());
        PrivateFile.write(settings, imported.settings());
        console.err()
                .println("wrote " + servers + " (" + imported.count()
                        + (imported.count() == 1 ? " server) and " : " servers) and ") + settings
                        + "; next: toolstream config check --config " + settings);
        return ExitCode.OK.number();
    }

    private void refuseToReplace() {
        for (Path target : List.of(servers, settings)) {
            if (!force && Files.exists(target)) {
                throw new CommandFailure(ExitCode.USAGE, target + " exists: --force replaces it; nothing was written");
            }
        }
    }
}
