package io.toolstream.settings.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a child's program is looked for.
 *
 * @param directory the child's own: paths that are not absolute start there
 * @param searched the {@code PATH}, for plain names
 */
record Programs(Path directory, String searched) {
    boolean has(String command) {
        try {
            return isPath(command) ? isProgram(directory.resolve(command)) : isOnPath(command);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static boolean isPath(String command) {
        return command.indexOf('/') >= 0 || command.indexOf('\\') >= 0;
    }

    private boolean isOnPath(String command) {
        for (String folder : searched.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && isProgram(Path.of(folder).resolve(command))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
