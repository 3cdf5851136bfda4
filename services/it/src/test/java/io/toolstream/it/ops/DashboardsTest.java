package io.toolstream.it.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that Grafana can take the dashboards, and that they show meters there are; their queries ops/check/grafana.sh reads. */
final class DashboardsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Path> FILES = OpsFiles.files(OpsFiles.OPS.resolve("grafana/dashboards"), ".json");

    @Test
    void everyBoard_hasAFixedNameOfItsOwn_andNoNumberOfAnotherGrafana() {
        Set<String> uids = new HashSet<>();
        for (Path file : FILES) {
            JsonNode board = board(file);
            assertThat(board.path("uid").asString()).as(file.toString()).startsWith("toolstream-");
            assertThat(uids.add(board.path("uid").asString())).isTrue();
            assertThat(board.has("id")).isFalse();
            assertThat(board.path("title").asString()).startsWith("Toolstream");
        }
        assertThat(uids).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void everyPanel_hasANumberOfItsOwn_aTitle_andAPlaceThatIsFree() {
        for (Path file : FILES) {
            Set<Integer> ids = new HashSet<>();
            Set<String> places = new HashSet<>();
            for (JsonNode panel : board(file).path("panels")) {
                String title = file.getFileName() + ": " + panel.path("title").asString();
                assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
                assertThat(panel.path("title").asString()).isNotBlank();
                JsonNode at = panel.path("gridPos");
                assertThat(at.path("x").asInt() + at.path("w").asInt())
                        .as(title)
                        .isLessThanOrEqualTo(24);
                for (int x = at.path("x").asInt();
                        x < at.path("x").asInt() + at.path("w").asInt();
                        x++) {
                    for (int y = at.path("y").asInt();
                            y < at.path("y").asInt() + at.path("h").asInt();
                            y++) {
                        assertThat(places.add(x + "," + y)).as(title).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void everyQuery_asksTheChosenSource_forMetersThereAre() {
        MeterNames meters = new MeterNames();
        Set<String> unknown = new TreeSet<>();
        int queries = 0;
        for (Path file : FILES) {
            JsonNode board = board(file);
            assertThat(board.path("templating").path("list").get(0).path("type").asString())
                    .isEqualTo("datasource");
            for (JsonNode query : queries(board)) {
                assertThat(query.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
                unknown.addAll(PromQl.metrics(query.path("expr").asString()));
                queries++;
            }
        }
        unknown.removeIf(meters::has);

        assertThat(queries).isGreaterThan(80);
        assertThat(unknown).isEmpty();
    }

    private static List<JsonNode> queries(JsonNode board) {
        return Stream.concat(
                        board.path("panels")
                                .valueStream()
                                .flatMap(panel -> panel.path("targets").valueStream()),
                        board.path("annotations").path("list").valueStream())
                .toList();
    }

    private static JsonNode board(Path file) {
        return JSON.readTree(OpsFiles.text(file));
    }
}
