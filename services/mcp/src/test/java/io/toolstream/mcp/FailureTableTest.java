package io.toolstream.mcp;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of failures names every failure, and for each one tests that exist. */
final class FailureTableTest {
    private static final Path SERVICES = Path.of(System.getProperty("toolstream.basedir", "../.."), "services");
    private static final Pattern ROW = Pattern.compile("\\| (M\\d+) \\|.*\\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** What is said not to be shown by any test. */
    private static final List<String> NOT_SHOWN = List.of("M40");

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(SERVICES.resolve("docs/mcp-failures.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(rows.put(row.group(1), row.group(2)))
                        .as(row.group(1))
                        .isNull();
            }
        }
        return rows;
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SERVICES.resolve("mcp/src/test/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.put(name, Files.readString(file));
            }
        }
        return sources;
    }

    @Test
    void table_namesEveryFailureOnce() throws IOException {
        assertThat(rows().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 42).mapToObj(i -> "M" + i).toList());
    }

    @Test
    void everyNamedTest_exists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        rows().forEach((failure, tests) -> {
            Matcher test = TEST.matcher(tests);
            int count = 0;
            while (test.find()) {
                count++;
                if (!sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "(")) {
                    missing.add(failure + ": " + test.group());
                }
            }
            if (count == 0 && !NOT_SHOWN.contains(failure)) {
                missing.add(failure + ": no test");
            }
        });
        assertThat(missing).isEmpty();
    }
}
