package io.toolstream.settings.servers;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a server that is a child process. It runs in the folder of the file unless it names another, as editors have it.
 * Whether its command can be run is seen at run time: here it is a warning.
 */
final class StdioReader {
    /**
     * Variables that change what a program is, beyond what its command line says. A warning and no more: they come from the
     * operator's own file, whose commands could run anything without them, and some servers need them.
     */
    private static final Set<String> POWERFUL = Set.of(
            "LD_PRELOAD",
            "LD_LIBRARY_PATH",
            "DYLD_INSERT_LIBRARIES",
            "NODE_OPTIONS",
            "JAVA_TOOL_OPTIONS",
            "PYTHONSTARTUP");

    private final String name;
    private final Fields fields;
    private final Workspace workspace;

    StdioReader(String name, Fields fields, Workspace workspace) {
        this.name = name;
        this.fields = fields;
        this.workspace = workspace;
    }

    Optional<ServerEntry> read() {
        List<String> args = fields.texts("args");
        Map<String, String> environment = environment();
        Path directory = path("cwd").orElse(workspace.folder());
        String searched =
                environment.getOrDefault("PATH", workspace.environment().getOrDefault("PATH", ""));
        Optional<String> command = command(new Programs(directory, searched));
        warnOfUnused("url");
        warnOfUnused("headers");
        return command.map(program -> {
            List<String> line = new ArrayList<>(List.of(program));
            line.addAll(args);
            return new ServerEntry.Stdio(name, line, environment, directory);
        });
    }

    private Optional<String> command(Programs programs) {
        Optional<String> command = fields.text("command");
        if (command.isEmpty()) {
            if (!fields.has("command")) {
                fields.problem("", "has no command");
            }
            return command;
        }
        CommandCheck check = CommandCheck.of(command.get(), programs);
        check.problem().ifPresent(message -> fields.problem("command", message));
        check.warning().ifPresent(message -> fields.warning("command", message));
        return check.problem().isPresent() ? Optional.empty() : command;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        path("envFile").ifPresent(file -> environment.putAll(EnvFile.read(file, fields)));
        environment.putAll(fields.map("env"));
        environment.keySet().forEach(this::checkVariable);
        return environment;
    }

    private void checkVariable(String variable) {
        if (variable.isEmpty() || variable.indexOf('=') >= 0 || variable.indexOf('\0') >= 0) {
            fields.problem("env", variable, "expected the name of a variable: not empty, without = and NUL");
        }
        if (POWERFUL.contains(variable)) {
            fields.warning("env", variable, "changes what the command runs");
        }
    }

    private Optional<Path> path(String field) {
        try {
            return fields.text(field)
                    .map(text -> workspace.folder().resolve(text).normalize());
        } catch (InvalidPathException e) {
            fields.problem(field, "is not a path");
            return Optional.empty();
        }
    }

    private void warnOfUnused(String field) {
        if (fields.has(field)) {
            fields.warning(field, "is passed over: the server is a command");
        }
    }
}
