package io.toolstream.settings.servers;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is to be said about the command of a server.
 *
 * @param problem it cannot be meant like this
 * @param warning it cannot be run as things stand, which may change before it is needed
 */
record CommandCheck(Optional<String> problem, Optional<String> warning) {
    private static final Pattern SHELL = Pattern.compile("[;|&<>`\n\r]|\\$\\(");

    static CommandCheck of(String command, Workspace workspace) {
        if (command.isBlank()) {
            return problem("expected a command, found an empty string");
        }
        if (isRunnable(command, workspace)) {
            return new CommandCheck(Optional.empty(), Optional.empty());
        }
        if (SHELL.matcher(command).find() || command.strip().contains(" ")) {
            return problem("expected one program, its arguments belong into args: there is no shell");
        }
        return warning(
                isPath(command)
                        ? "is not an executable file: the server will be unhealthy"
                        : "is not found on the PATH: the server will be unhealthy");
    }

    private static boolean isRunnable(String command, Workspace workspace) {
        try {
            if (isPath(command)) {
                return isProgram(workspace.folder().resolve(command));
            }
            String path = workspace.environment().getOrDefault("PATH", "");
            for (String folder : path.split(java.io.File.pathSeparator, -1)) {
                if (!folder.isEmpty() && isProgram(Path.of(folder).resolve(command))) {
                    return true;
                }
            }
            return false;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static boolean isPath(String command) {
        return command.indexOf('/') >= 0 || command.indexOf('\\') >= 0;
    }

    private static CommandCheck problem(String message) {
        return new CommandCheck(Optional.of(message), Optional.empty());
    }

    private static CommandCheck warning(String message) {
        return new CommandCheck(Optional.empty(), Optional.of(message));
    }
}
