package io.toolstream.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the docs name are there. */
final class DocsTest {
    private static final Path SERVICES = Path.of(System.getProperty("toolstream.basedir", "../.."), "services");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)#(\\w+)`");

    @Test
    void everyTestThatAPageNames_exists() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path page : files("docs", ".md")) {
            for (Matcher test = TEST.matcher(Files.readString(page)); test.find(); named++) {
                if (!tests.getOrDefault(test.group(1), "").contains(" " + test.group(2) + "(")) {
                    missing.add(page.getFileName() + ": " + test.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).as("tests named").isGreaterThan(100);
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (Path file : files(".", "Test.java")) {
            tests.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
        }
        return tests;
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(SERVICES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
