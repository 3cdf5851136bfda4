package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of bad inputs names every kind, codes that there are, and tests that exist and speak of them. */
final class BadInputsTableTest {
    private static final Path SERVICES = Path.of(System.getProperty("toolstream.basedir", "../.."), "services");
    private static final Pattern ROW =
            Pattern.compile("\\| (B\\d\\d) \\| .+ \\| (\\S+) \\| ([\\w –]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final List<String> NOT_OURS = List.of("B19", "B30", "B31", "B32");

    /** {@code code} is empty where a call is served. */
    private record Row(String kind, String code, String status, String tests) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(SERVICES.resolve("docs/bad-inputs.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String code = row.group(2).equals("–") ? "" : row.group(2).replace("`", "");
                rows.add(new Row(row.group(1), code, row.group(3), row.group(4)));
            }
        }
        return rows;
    }

    @Test
    void table_namesEveryKind() throws IOException {
        assertThat(rows().stream().map(Row::kind).distinct())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 32)
                        .mapToObj(i -> "B%02d".formatted(i))
                        .toList());
    }

    @Test
    void everyCode_leadsToTheStatusNamed() throws IOException {
        assertThat(rows()).filteredOn(row -> !row.code().isEmpty()).allSatisfy(row -> {
            Optional<ErrorCode> code = ErrorCode.ofText(row.code());
            assertThat(code).isPresent();
            assertThat(code.orElseThrow().status().text()).isEqualTo(row.status());
        });
    }

    @Test
    void everyNamedTest_exists_andOneSpeaksOfTheCode() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            List<String> bodies = new ArrayList<>();
            for (Matcher test = TEST.matcher(row.tests()); test.find(); ) {
                Optional<String> body = body(sources.getOrDefault(test.group(1), ""), test.group(2));
                body.ifPresentOrElse(bodies::add, () -> missing.add(row.kind() + ": " + test.group()));
            }
            if (bodies.isEmpty() != NOT_OURS.contains(row.kind())) {
                missing.add(row.kind() + ": tests");
            }
            if (!row.code().isEmpty() && bodies.stream().noneMatch(body -> speaksOf(row.code(), body))) {
                missing.add(row.kind() + ": a test with " + row.code());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean speaksOf(String code, String body) {
        String constant = code.replace('-', '_').toUpperCase(Locale.ROOT);
        return body.contains("\"" + code + "\"")
                || Pattern.compile("\\b" + constant + "\\b").matcher(body).find();
    }

    /** The text of a method, with what stands right above it: a parameterized test's cases. */
    private static Optional<String> body(String source, String method) {
        Matcher declared = Pattern.compile("^    [\\w<> ]+ " + method + "\\(", Pattern.MULTILINE)
                .matcher(source);
        if (!declared.find()) {
            return Optional.empty();
        }
        int begin = source.lastIndexOf("\n\n", declared.start());
        return Optional.of(source.substring(begin, source.indexOf("\n    }\n", declared.start())));
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SERVICES)) {
            for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                    .filter(each -> each.toString().contains("src/test/java"))
                    .toList()) {
                sources.merge(
                        file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
        return sources;
    }
}
