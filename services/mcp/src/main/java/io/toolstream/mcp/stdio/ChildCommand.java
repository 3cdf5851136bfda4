package io.toolstream.mcp.stdio;

import io.toolstream.mcp.ServerSpec;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run, and with which environment: the configured variables and a few of ours that programs like {@code
 * npx} cannot do without, nothing else.
 */
final class ChildCommand {
    /** Taken over from our own environment, unless configured. None of them is a place for secrets. */
    static final List<String> INHERITED =
            List.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR");

    private final List<String> command;
    private final Map<String, String> environment;
    private final @Nullable Path directory;

    private ChildCommand(List<String> command, Map<String, String> environment, @Nullable Path directory) {
        this.command = command;
        this.environment = environment;
        this.directory = directory;
    }

    /** @throws IllegalArgumentException if there is no command, or one that no system takes */
    static ChildCommand of(ServerSpec.Stdio server, Map<String, String> ours) {
        check(
                !server.command().isEmpty() && !server.command().get(0).isBlank(),
                "server " + server.name() + " has no command");
        check(
                server.command().stream().noneMatch(ChildCommand::hasNul),
                "server " + server.name() + " has a NUL in its command");
        server.environment()
                .forEach((name, value) -> check(
                        !hasNul(name) && !hasNul(value) && name.indexOf('=') < 0,
                        "server " + server.name() + " has an environment variable with a NUL, or with = in its name"));
        Map<String, String> environment = new HashMap<>();
        for (String name : INHERITED) {
            if (ours.get(name) != null) {
                environment.put(name, ours.get(name));
            }
        }
        environment.putAll(server.environment());
        return new ChildCommand(server.command(), Map.copyOf(environment), server.directory());
    }

    private static void check(boolean isTrue, String otherwise) {
        if (!isTrue) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    String program() {
        return command.get(0);
    }

    Map<String, String> environment() {
        return environment;
    }

    @Nullable
    Path directory() {
        return directory;
    }

    /** The command with the program's whole path, found as a shell would; empty if there is no such program. */
    Optional<List<String>> resolved() {
        return find().map(program -> {
            List<String> argv = new ArrayList<>(command);
            argv.set(0, program.toString());
            return argv;
        });
    }

    private Optional<Path> find() {
        if (program().indexOf('/') >= 0) {
            Path path = directory == null ? Path.of(program()) : directory.resolve(program());
            return Optional.of(path.toAbsolutePath()).filter(ChildCommand::isProgram);
        }
        for (String folder : environment.getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator, -1)) {
            Path path = Path.of(folder.isEmpty() ? "." : folder, program()).toAbsolutePath();
            if (isProgram(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
