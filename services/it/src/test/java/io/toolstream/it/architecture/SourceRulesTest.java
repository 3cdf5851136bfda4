package io.toolstream.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of STYLE that only the sources can show. */
final class SourceRulesTest {
    private static final Path SERVICES = Path.of(System.getProperty("toolstream.basedir", "../.."), "services");
    private static final Pattern REFUSED_NAMES = Pattern.compile(".*(Impl|Util|Utils|Helper|Manager|Common)\\.java");
    private static final Pattern REFUSED_TEXT = Pattern.compile(
            "Thread\\.sleep\\(|\\bTODO\\b|\\bFIXME\\b|printStackTrace\\(|@SuppressWarnings\\(\"NullAway\"\\)");

    @Test
    void files_staySmall() {
        assertThat(Stream.concat(mainSources(), sources("src/test/java"))
                        .filter(file -> lines(file).size() > 400))
                .isEmpty();
    }

    @Test
    void names_sayWhatAThingIs() {
        assertThat(sources("src/main/java")
                        .filter(file -> REFUSED_NAMES.matcher(file.toString()).matches()))
                .isEmpty();
    }

    @Test
    void mainCode_neitherSleepsNorLeavesThingsOpen() {
        assertThat(mainSources().flatMap(SourceRulesTest::refusedLines)).isEmpty();
    }

    @Test
    void everyPackage_saysWhatItIs() {
        assertThat(mainSources()
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java"))))
                .isEmpty();
    }

    private static Stream<String> refusedLines(Path file) {
        return lines(file).stream()
                .filter(line -> REFUSED_TEXT.matcher(line).find())
                .map(line -> file.getFileName() + ": " + line.strip());
    }

    private static Stream<Path> mainSources() {
        return sources("src/main/java");
    }

    private static Stream<Path> sources(String folder) {
        try (Stream<Path> files = Files.walk(SERVICES)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains(folder))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            assertThat(found).as("sources below %s", SERVICES.toAbsolutePath()).isNotEmpty();
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
