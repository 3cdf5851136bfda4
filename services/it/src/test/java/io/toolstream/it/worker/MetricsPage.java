package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of metrics in the docs, to be held against a scrape. */
final class MetricsPage {
    private static final Path PAGE =
            Path.of(System.getProperty("toolstream.basedir", "../.."), "services/docs/observability.md");
    private static final Pattern ROW = Pattern.compile(
            "\\| `([a-z0-9_]+)` \\| (counter|gauge|histogram|summary) \\|\\s*([^|]*?)\\s*\\| (always|later) \\|.*");
    private static final Pattern OF_THE_APP = Pattern.compile("\\| `([a-z0-9_]+)` \\| (counter|gauge) \\|.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z0-9_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern OF_PROCESS = Pattern.compile("(jvm|process|system|disk)_.*");

    private final Map<String, Row> rows;

    private MetricsPage(Map<String, Row> rows) {
        this.rows = rows;
    }

    /** What the page says of one metric. */
    private record Row(String type, Set<String> labels, boolean isAlways) {}

    static MetricsPage read() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> labels = new TreeSet<>();
                Pattern.compile("`([a-z0-9_]+)`")
                        .matcher(row.group(3))
                        .results()
                        .forEach(l -> labels.add(l.group(1)));
                rows.put(
                        row.group(1), new Row(row.group(2), labels, row.group(4).equals("always")));
            }
        }
        assertThat(rows).as("metrics on the page").hasSizeGreaterThan(50);
        return new MetricsPage(rows);
    }

    /** What the page says of the metrics app: types by name, of all but the process's own. */
    static Map<String, String> ofTheApp() throws IOException {
        Map<String, String> types = new TreeMap<>();
        Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("### The metrics app"))
                .takeWhile(line -> !line.equals("### The process"))
                .map(OF_THE_APP::matcher)
                .filter(Matcher::matches)
                .forEach(row -> types.put(row.group(1), row.group(2)));
        return types;
    }

    /** The same of a scrape. */
    static Map<String, String> ofTheApp(String scrape) {
        Map<String, String> types = types(scrape);
        types.keySet().removeIf(name -> !name.matches("(kafka|toolstream_stream)_.*"));
        return types;
    }

    /** What page and scrape say differently; nothing if all is well. */
    List<String> differences(String scrape) {
        Map<String, String> types = types(scrape);
        List<String> differences = new ArrayList<>();
        rows.forEach((name, row) -> {
            if (row.isAlways() && !types.containsKey(name)) {
                differences.add(name + " is not there");
            }
        });
        types.forEach((name, type) -> {
            Row row = rows.get(name);
            if (row == null && !isKnown(name)) {
                differences.add(name + " (" + type + ") is not on the page");
            } else if (row != null && !row.type().equals(type)) {
                differences.add(name + " is a " + type + ", the page says " + row.type());
            }
        });
        labels(scrape).forEach((name, labels) -> {
            Row row = rows.get(name);
            if (row != null && !row.labels().equals(labels)) {
                differences.add(name + " has the labels " + labels + ", the page says " + row.labels());
            }
        });
        return differences;
    }

    private boolean isKnown(String name) {
        return OF_PROCESS.matcher(name).matches() || rows.containsKey(name.replaceAll("_max$", ""));
    }

    private static Map<String, String> types(String scrape) {
        Map<String, String> types = new TreeMap<>();
        TYPE.matcher(scrape).results().forEach(type -> types.put(type.group(1), type.group(2)));
        return types;
    }

    private static Map<String, Set<String>> labels(String scrape) {
        Map<String, Set<String>> all = new TreeMap<>();
        scrape.lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> {
            Set<String> labels = all.computeIfAbsent(
                    sample.group(1).replaceAll("_(bucket|sum|count)$", ""), unused -> new TreeSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.add(label.group(1)));
                labels.remove("le");
            }
        });
        return all;
    }
}
