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
    private static final Pattern ROW = Pattern.compile("\\| (M\\d+) \\|.*\\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** A member of a class, an option of the child, or a word for its behaviour. */
    private static final Pattern ABILITY = Pattern.compile("`(?:(\\w+)#(\\w+)|(--[\\w-]+)|=([\\w-]+))`");

    /** What one row says. */
    private record Row(String testkit, String tests) {}

    private static Map<String, Row> rows() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(SERVICES.resolve("docs/mcp-failures.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(rows.put(row.group(1), new Row(row.group(2), row.group(3))))
                        .as(row.group(1))
                        .isNull();
            }
        }
        return rows;
    }

    private static Map<String, String> sources(String folder) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SERVICES.resolve(folder))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
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
        Map<String, String> sources = sources("mcp/src/test/java");
        List<String> missing = new ArrayList<>();
        rows().forEach((failure, row) -> {
            Matcher test = TEST.matcher(row.tests());
            int count = 0;
            while (test.find()) {
                count++;
                if (!sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "(")) {
                    missing.add(failure + ": " + test.group());
                }
            }
            if (count == 0) {
                missing.add(failure + ": no test");
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void everyMisbehaviour_isOneOfTheTestkits() throws IOException {
        Map<String, String> sources = sources("testkit/src/main/java");
        List<String> missing = new ArrayList<>();
        rows().forEach((failure, row) -> {
            Matcher ability = ABILITY.matcher(row.testkit());
            int count = 0;
            while (ability.find()) {
                count++;
                if (!isThere(ability, sources)) {
                    missing.add(failure + ": " + ability.group());
                }
            }
            if (count == 0) {
                missing.add(failure + ": nothing of the testkit");
            }
        });
        assertThat(missing).isEmpty();
    }

    private static boolean isThere(Matcher ability, Map<String, String> sources) {
        if (ability.group(3) != null) {
            String option = "\"" + ability.group(3) + "\"";
            return source(sources, "StdioToolServer").contains(option)
                    || source(sources, "ProcessManners").contains(option);
        }
        if (ability.group(4) != null) {
            return source(sources, "BehaviourText").contains("case \"" + ability.group(4) + "\"")
                    || source(sources, "BehaviourText").contains("\"" + ability.group(4) + "\",");
        }
        String member = "(?s).*\\b" + ability.group(2) + "\\b.*";
        return source(sources, ability.group(1)).matches(member);
    }

    private static String source(Map<String, String> sources, String name) {
        return sources.getOrDefault(name, "");
    }
}
