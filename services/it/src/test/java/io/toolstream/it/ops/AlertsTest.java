package io.toolstream.it.ops;

import static io.toolstream.it.ops.OpsFiles.OPS;
import static io.toolstream.it.ops.OpsFiles.RUNBOOK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that every alert is explained, tried and made of meters there are; what Prometheus reads in them, promtool checks. */
final class AlertsTest {
    private static final Pattern RUNBOOK_LINK = Pattern.compile("services/docs/runbook/([a-z-]+\\.md)");

    private final List<JsonNode> rules = rules();
    private final List<JsonNode> alerts =
            rules.stream().filter(rule -> rule.has("alert")).toList();

    @Test
    void everyAlert_tellsHowBadItIs_whatIsWrong_andWhereToReadOn() {
        assertThat(alerts).hasSizeGreaterThan(20);
        for (JsonNode alert : alerts) {
            JsonNode annotations = alert.path("annotations");
            assertThat(alert.path("labels").path("severity").asString())
                    .as(name(alert))
                    .isIn("page", "ticket", "hint");
            assertThat(annotations.path("summary").asString()).as(name(alert)).endsWith(".");
            assertThat(page(alert)).as(name(alert)).isNotEmpty();
        }
    }

    @Test
    void everyAlert_hasAPageOfItsOwn_withAllThatAPageTells() {
        String index = OpsFiles.text(RUNBOOK.resolve("README.md"));
        for (JsonNode alert : alerts) {
            String page = OpsFiles.text(RUNBOOK.resolve(page(alert)));
            assertThat(page)
                    .as(page(alert))
                    .startsWith("# " + name(alert) + "\n")
                    .contains("## What it means", "## Fires", "## Look", "## Do", "## Do not");
            assertThat(index).as("index").contains("[" + name(alert) + "](" + page(alert) + ")");
        }
    }

    @Test
    void everyPage_saysWhenTheAlertFires_wordForWord() {
        for (JsonNode alert : alerts) {
            assertThat(oneLine(OpsFiles.text(RUNBOOK.resolve(page(alert)))))
                    .as(page(alert))
                    .contains("## Fires " + when(alert) + ": ``` "
                            + oneLine(alert.path("expr").asString()) + " ``` ## Look");
        }
    }

    private static String when(JsonNode alert) {
        return alert.has("for") ? "For " + alert.path("for").asString() : "At once";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    @Test
    void everyPage_isOfAnAlert() {
        Set<String> pages = alerts.stream().map(AlertsTest::page).collect(Collectors.toCollection(TreeSet::new));

        assertThat(OpsFiles.files(RUNBOOK, ".md"))
                .extracting(file -> file.getFileName().toString())
                .filteredOn(file -> !file.equals("README.md"))
                .containsExactlyElementsOf(pages);
    }

    @Test
    void everyAlert_isSeenToFire_andToBeSilent() {
        Set<String> names = alerts.stream().map(AlertsTest::name).collect(Collectors.toSet());

        assertThat(tried("firing.yml", true)).isEqualTo(names);
        assertThat(tried("firing.yml", false)).as("silent before its time").isEqualTo(names);
        assertThat(tried("healthy.yml", false)).isEqualTo(names);
        assertThat(tried("healthy.yml", true)).isEmpty();
    }

    @Test
    void everyMetricOfARule_isThere() {
        MeterNames meters = new MeterNames();
        Set<String> recorded = rules.stream()
                .filter(rule -> rule.has("record"))
                .map(rule -> rule.path("record").asString())
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        rules.forEach(rule -> unknown.addAll(PromQl.metrics(rule.path("expr").asString())));
        unknown.removeIf(name -> recorded.contains(name) || meters.has(name));

        assertThat(meters.size()).isGreaterThan(50);
        assertThat(unknown).isEmpty();
    }

    @Test
    void namesInAnExpression_areFound() {
        assertThat(PromQl.metrics(
                        "sum by (le) (rate(a_b{c=\"d_e\"}[5m] offset 1h)) / on (x) a:b > 1e9 and g unless h == 0.5"))
                .containsExactly("a:b", "a_b", "g", "h");
    }

    /** The alerts that tests of this file expect to fire, or not to. */
    private static Set<String> tried(String file, boolean fires) {
        JsonNode tests =
                OpsFiles.yaml(OPS.resolve("prometheus/tests").resolve(file)).path("tests");
        return tests.valueStream()
                .flatMap(test -> test.path("alert_rule_test").valueStream())
                .filter(test -> test.path("exp_alerts").isEmpty() != fires)
                .map(test -> test.path("alertname").asString())
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> rules() {
        return OpsFiles.files(OPS.resolve("prometheus/rules"), ".yml").stream()
                .flatMap(file -> OpsFiles.yaml(file).path("groups").valueStream())
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asString();
    }

    /** The file name of its page; empty if the link is none. */
    private static String page(JsonNode alert) {
        var link = RUNBOOK_LINK.matcher(
                alert.path("annotations").path("runbook_url").asString(""));
        return link.matches() ? link.group(1) : "";
    }
}
