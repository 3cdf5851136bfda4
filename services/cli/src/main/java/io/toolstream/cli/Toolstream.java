package io.toolstream.cli;

import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.KafkaPipeline;
import io.toolstream.cli.broker.Pipeline;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The {@code toolstream} command: where it begins, and where everything that went wrong becomes a message and an exit code. */
public final class Toolstream {
    /** The command that prints all the others. */
    private static final String NEEDS_ALL = "completion";

    /** What picocli can lay out a help in, at the least, and what is well read. */
    private static final int NARROWEST = 55;

    static final int WIDEST = 100;

    private Toolstream() {}

    public static void main(String[] arguments) {
        StandardOutput output = new StandardOutput();
        Console console = new Console(
                new PrintStream(new BufferedOutputStream(output), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                new BufferedInputStream(System.in),
                System.getenv(),
                Terminals.isTerminal(1),
                Terminals.isTerminal(2));
        int exitCode = run(new Session(console, endpoint -> connect(console, endpoint)), arguments);
        console.out().flush();
        if (output.loss().isPresent()) {
            console.err()
                    .println("toolstream: cannot write the output: "
                            + output.loss().get());
            exitCode = ExitCode.INPUT_OUTPUT.number();
        }
        System.exit(exitCode);
    }

    private static Pipeline connect(Console console, Endpoint endpoint) {
        Logs.quiet(console.environment());
        return KafkaPipeline.connect(endpoint, console.environment());
    }

    /** Runs one command on the calling thread and returns its exit code; never throws. */
    public static int run(Session session, String... arguments) {
        CommandLine command = commandLine(session, commandsFor(arguments));
        if (session.console().outIsTerminal() && asksForHelp(arguments)) {
            Terminals.width()
                    .ifPresent(columns -> command.setUsageHelpWidth(Math.max(NARROWEST, Math.min(WIDEST, columns))));
        }
        return command.execute(arguments);
    }

    private static boolean asksForHelp(String... arguments) {
        return arguments.length == 0
                || Arrays.asList(arguments).contains("--help")
                || Arrays.asList(arguments).contains("-h");
    }

    /** Only the one that is called, where one is: picocli reads every command it is given by reflection. */
    private static Set<String> commandsFor(String... arguments) {
        Set<String> all = RootCommand.COMMANDS.keySet();
        boolean isAlone = arguments.length > 0 && all.contains(arguments[0]) && !arguments[0].equals(NEEDS_ALL);
        return isAlone ? Set.of(arguments[0]) : all;
    }

    static CommandLine commandLine(Session session) {
        return commandLine(session, RootCommand.COMMANDS.keySet());
    }

    private static CommandLine commandLine(Session session, Set<String> commands) {
        Console console = session.console();
        Errors errors = new Errors(console);
        CommandLine commandLine = new CommandLine(RootCommand.class, new SessionFactory(session));
        RootCommand.COMMANDS.forEach((name, type) -> {
            if (commands.contains(name)) {
                commandLine.addSubcommand(name, type);
            }
        });
        commandLine.setOut(writer(console.out()));
        commandLine.setErr(writer(console.err()));
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(console.coloursOut() ? Ansi.ON : Ansi.OFF));
        commandLine.setParameterExceptionHandler(errors::onParameters);
        commandLine.setExecutionExceptionHandler(errors::onExecution);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExpandAtFiles(false); // --args @file is ours to read, and nobody else's to take apart
        documentExitCodes(commandLine);
        commandLine.getSubcommands().forEach((name, command) -> {
            if (name.equals("call")) {
                documentExitCodes(command);
            }
        });
        return commandLine;
    }

    private static void documentExitCodes(CommandLine command) {
        Map<String, String> list = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            list.put(Integer.toString(code.number()), code.meaning());
        }
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(list);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
