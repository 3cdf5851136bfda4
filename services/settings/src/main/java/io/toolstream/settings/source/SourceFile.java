package io.toolstream.settings.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a whole small file, or says why not: anything but a regular file could block or never end. */
public final class SourceFile {
    /** Far above any settings written by people. */
    static final int MOST_BYTES = 1 << 20;

    private SourceFile() {}

    /** Empty if it cannot be read; the reason is then among the problems. */
    public static Optional<byte[]> read(Path file, Problems problems) {
        Optional<String> obstacle = obstacle(file);
        if (obstacle.isPresent()) {
            problems.add(Problem.of(file.toString(), obstacle.get()));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                return Optional.of(bytes);
            }
            problems.add(Problem.of(file.toString(), "is larger than " + MOST_BYTES + " bytes"));
        } catch (IOException e) {
            problems.add(Problem.of(
                    file.toString(), "cannot be read: " + e.getClass().getSimpleName()));
        }
        return Optional.empty();
    }

    private static Optional<String> obstacle(Path file) {
        if (Files.isDirectory(file)) {
            return Optional.of("is a directory, expected a file");
        }
        if (Files.notExists(file)) {
            return Optional.of("does not exist");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of("is not a regular file (a pipe, a device or a loop of links)");
        }
        return Files.isReadable(file) ? Optional.empty() : Optional.of("is not readable by this user");
    }
}
