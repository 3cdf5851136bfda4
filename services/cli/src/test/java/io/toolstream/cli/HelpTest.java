package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class HelpTest {
    private final CliRun cli = new CliRun(new FakePipeline(call -> new CompletableFuture<>()));

    @Test
    void help_listsEveryExitCode() {
        String help = cli.run("--help").out();

        for (ExitCode code : ExitCode.values()) {
            assertThat(help).contains(code.number() + "   ".substring(0, 1)).contains(code.meaning());
        }
    }

    @Test
    void everyCommand_hasHelpOnOut() {
        for (List<String> command : commands(commandLine(), List.of())) {
            List<String> words = new ArrayList<>(command);
            words.add("--help");

            CliRun.Result result = cli.run(words.toArray(String[]::new));

            assertThat(result.out()).as("%s", words).contains("Usage: toolstream " + String.join(" ", command));
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void everyOptionAndCommand_isDescribed() {
        for (CommandLine command : all(commandLine())) {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(command.getCommandSpec().qualifiedName())
                    .isNotEmpty();
            assertThat(command.getCommandSpec().options())
                    .as(command.getCommandSpec().qualifiedName())
                    .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        }
    }

    /** The list of commands shows the first of it only. */
    @Test
    void everyDescription_beginsWithASentence() {
        for (CommandLine command : all(commandLine())) {
            assertThat(command.getCommandSpec().usageMessage().description()[0])
                    .as(command.getCommandSpec().qualifiedName())
                    .endsWith(".");
        }
    }

    @Test
    void nothing_printsTheUsageOnErr() {
        CliRun.Result result = cli.run();

        assertThat(result.err()).contains("Usage: toolstream");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void version_namesOursAndJavas() {
        assertThat(cli.run("--version").out()).matches("toolstream \\d+\\.\\d+\\.\\S+ \\(Java .*\\)\\R");
    }

    @Test
    void completion_knowsTheCommands() {
        assertThat(cli.run("completion", "bash").out()).contains("servers").contains("--async");
        assertThat(cli.run("completion", "zsh").out()).startsWith("autoload").contains("bashcompinit");
    }

    private CommandLine commandLine() {
        return Toolstream.commandLine(new Session(
                new Console(System.out, System.err, System.in, Map.of(), false, false),
                new FakePipeline(call -> new CompletableFuture<>())));
    }

    private static List<List<String>> commands(CommandLine command, List<String> path) {
        List<List<String>> found = new ArrayList<>();
        found.add(path);
        command.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            found.addAll(commands(sub, longer));
        });
        return found;
    }

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> found = new ArrayList<>();
        found.add(command);
        command.getSubcommands().values().forEach(sub -> found.addAll(all(sub)));
        return found;
    }
}
