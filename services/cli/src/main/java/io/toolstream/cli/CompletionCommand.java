package io.toolstream.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
        name = "completion",
        description = "Print a completion script for bash or zsh.",
        footer = {"", "To use it:  source <(toolstream completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Session session) {
        this.session = session;
    }

    /** The shells there are scripts for. */
    enum Shell {
        BASH,
        ZSH
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        if (shell == Shell.ZSH) {
            session.console()
                    .out()
                    .println("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit");
        }
        session.console().out().print(AutoComplete.bash("toolstream", root));
        return ExitCode.OK.number();
    }
}
