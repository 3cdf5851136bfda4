package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everything that a user of the library can name has a sentence that says what it is. */
final class JavadocTest {
    private static final Path SOURCES = Path.of(
            System.getProperty("toolstream.basedir", "../.."), "services/client/src/main/java/io/toolstream/client");

    /** A compact constructor is told by its record. */
    private static final Pattern PUBLIC = Pattern.compile("^ *public (?!\\w+ \\{).*[{;(,]$");

    @Test
    void everyPublicTypeAndMember_hasJavadoc() throws IOException {
        List<String> bare = new ArrayList<>();
        int seen = 0;
        for (Path file : files()) {
            List<String> lines = Files.readAllLines(file);
            for (int at = 0; at < lines.size(); at++) {
                if (PUBLIC.matcher(lines.get(at)).matches()) {
                    seen++;
                    if (!isDocumented(lines, at)) {
                        bare.add(file.getFileName() + ":" + (at + 1) + " "
                                + lines.get(at).strip());
                    }
                }
            }
        }

        assertThat(bare).isEmpty();
        assertThat(seen).as("public types and members").isGreaterThan(100);
    }

    private static boolean isDocumented(List<String> lines, int at) {
        for (int above = at - 1; above >= 0; above--) {
            String line = lines.get(above).strip();
            if (line.equals("@Override") || line.endsWith("*/")) {
                return true;
            }
            if (!line.startsWith("@")) {
                return false;
            }
        }
        return false;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
