package io.toolstream.settings.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a child's program is looked for.
 *
 * @param directory the child's own: paths that are not absolute start there
 * @param searched the {@code PATH}, for plain names
 */
record Programs(Path directory, String searched) {
    /** Empty where there is no program of this name. */
    Optional<Path> find(String command) {
        try {
            return isPath(command)
                    ? Optional.of(directory.resolve(command)).filter(Programs::isProgram)
                    : onPath(command);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    static boolean isPath(String command) {
        return command.indexOf('/') >= 0 || command.indexOf('\\') >= 0;
    }

    private Optional<Path> onPath(String command) {
        return Stream.of(searched.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(command))
                .filter(Programs::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Whether any user of this machine can put another program in its place; false where nothing tells. */
    static boolean isChangeableByAnybody(Path program) {
        try {
            Path file = program.toRealPath();
            return isWritableByAnybody(file) || isWritableByAnybody(file.getParent());
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean isWritableByAnybody(@Nullable Path path) throws IOException {
        return path != null && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
    }
}
