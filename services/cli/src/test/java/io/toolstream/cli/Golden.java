package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares output with what is written down in {@code src/test/resources/golden}. JSON output is a promise: a golden file
 * changes with a line in the changelog or not at all. {@code -Dgolden.write=true} writes them anew.
 */
final class Golden {
    private static final Path FOLDER =
            Path.of(System.getProperty("toolstream.basedir", "../.."), "services/cli/src/test/resources/golden");

    private Golden() {}

    static void assertMatches(String name, String output) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, output);
            }
            assertThat(output).as(name).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
