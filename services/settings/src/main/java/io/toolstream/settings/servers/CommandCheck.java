package io.toolstream.settings.servers;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is to be said about the command of a server.
 *
 * @param problem it cannot be meant like this
 * @param warning it cannot be run as things stand, which may change before it is needed; or others decide what it is
 */
record CommandCheck(Optional<String> problem, Optional<String> warning) {
    private static final String OPEN =
            "can be replaced by every user of this machine: the file or its folder is theirs to write";
    private static final Pattern SHELL = Pattern.compile("[;|&<>`\n\r]|\\$\\(");

    static CommandCheck of(String command, Programs programs) {
        if (command.isBlank()) {
            return problem("expected a command, found an empty string");
        }
        Optional<Path> program = programs.find(command);
        if (program.isPresent()) {
            return new CommandCheck(
                    Optional.empty(),
                    program.filter(Programs::isChangeableByAnybody).map(file -> OPEN));
        }
        if (SHELL.matcher(command).find() || command.strip().contains(" ")) {
            return problem("expected one program, its arguments belong into args: there is no shell");
        }
        return warning(
                Programs.isPath(command)
                        ? "is not an executable file: the server will be unhealthy"
                        : "is not found on the PATH: the server will be unhealthy");
    }

    private static CommandCheck problem(String message) {
        return new CommandCheck(Optional.of(message), Optional.empty());
    }

    private static CommandCheck warning(String message) {
        return new CommandCheck(Optional.empty(), Optional.of(message));
    }
}
