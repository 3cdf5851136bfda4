package io.toolstream.worker.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Refusal;
import io.toolstream.wire.Target;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.catalogue.ServerTools;
import io.toolstream.worker.fixture.ToolFixtures;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ToolResolverTest {
    private final CatalogueSnapshot catalogue = new CatalogueSnapshot(List.of(
            ToolFixtures.server("fs", "read_file", "write_file", "search.all"),
            ToolFixtures.server("a__b", "c", "x"),
            ToolFixtures.server("a", "b__c", "plain"),
            new ServerTools("down", new Condition(Health.UNHEALTHY, "connection refused"), false, Map.of(), Map.of()),
            new ServerTools(
                    "odd",
                    new Condition(Health.HEALTHY, null),
                    true,
                    Map.of(),
                    Map.of("broken", "its schema points outside"))));

    @ParameterizedTest
    @CsvSource({
        "fs,   read_file,          fs,   read_file",
        "fs,   search.all,         fs,   search.all",
        "    , fs__read_file,      fs,   read_file",
        "    , mcp__fs__read_file, fs,   read_file",
        "    , fs.read_file,       fs,   read_file",
        "    , fs/read_file,       fs,   read_file",
        "    , fs:read_file,       fs,   read_file",
        "    , fs_read_file,       fs,   read_file",
        "    , fs__search.all,     fs,   search.all",
        "    , fs.search.all,      fs,   search.all",
        "    , a__b__x,            a__b, x",
        "    , a__b.c,             a__b, c",
        "    , a.b__c,             a,    b__c",
        "    , a__plain,           a,    plain",
        "a__b, c,                  a__b, c",
    })
    void resolve_everyFormInUse_findsTheTool(
            @Nullable String server, String tool, String expectedServer, String expectedTool) {
        Resolution resolution = ToolResolver.resolve(catalogue, new Target(server, tool));

        assertThat(resolution).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(found.tool().server()).isEqualTo(expectedServer);
            assertThat(found.tool().name()).isEqualTo(expectedTool);
        });
    }

    @Test
    void resolve_nameOfTwoTools_isAmbiguous() {
        Refusal refusal = refused(new Target(null, "a__b__c"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.AMBIGUOUS_TOOL);
        assertThat(refusal.message()).contains("a/b__c or a__b/c");
    }

    @ParameterizedTest
    @CsvSource({
        "fz,     read_file, UNKNOWN_SERVER, fs",
        "FS,     read_file, UNKNOWN_SERVER, fs",
        "nobody, x,         UNKNOWN_SERVER, there is no tool server",
        "      , read_file, UNKNOWN_TOOL,   fs__read_file",
        "      , qwertyuiop, UNKNOWN_TOOL,  server__tool",
        "odd,    broken,    TOOL_DISABLED,  points outside",
        "      , odd__broken, TOOL_DISABLED, points outside",
    })
    void resolve_whatNoRefreshMends_isRefused(@Nullable String server, String tool, ErrorCode code, String hint) {
        Refusal refusal = refused(new Target(server, tool));

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).contains(hint);
    }

    @ParameterizedTest
    @CsvSource({
        "fs,   reed_file,     fs,   UNKNOWN_TOOL,       read_file",
        "fs,   read-file,     fs,   UNKNOWN_TOOL,       read_file",
        "fs,   fs__read_file, fs,   UNKNOWN_TOOL,       there is no tool",
        "    , fs__reed_file, fs,   UNKNOWN_TOOL,       fs__read_file",
        "down, anything,      down, SERVER_UNAVAILABLE, connection refused",
        "    , down.anything, down, SERVER_UNAVAILABLE, connection refused",
        "odd,  other,         odd,  UNKNOWN_TOOL,       other",
    })
    void resolve_whatMayHaveChanged_namesTheServerToAskAgain(
            @Nullable String server, String tool, String stale, ErrorCode code, String hint) {
        Resolution resolution = ToolResolver.resolve(catalogue, new Target(server, tool));

        assertThat(resolution).isInstanceOfSatisfying(Resolution.PerhapsStale.class, perhaps -> {
            assertThat(perhaps.server()).isEqualTo(stale);
            assertThat(perhaps.refusal().code()).isEqualTo(code);
            assertThat(perhaps.refusal().message()).contains(hint);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nERROR forged", "\u202Egnp", " ", "", "__", "mcp__", "fs__", ".", "fs."})
    void resolve_hostileNames_areRefusedAndEscaped(String tool) {
        Resolution resolution = ToolResolver.resolve(catalogue, new Target(null, tool));

        assertThat(resolution).isNotInstanceOf(Resolution.Found.class);
        Refusal refusal = resolution instanceof Resolution.PerhapsStale stale
                ? stale.refusal()
                : ((Resolution.Refused) resolution).refusal();
        assertThat(refusal.message()).doesNotContain("\r", "\n", "\u202E");
    }

    @Test
    void resolve_hugeName_isRefusedBriefly() {
        assertThat(refused(new Target(null, "x".repeat(500_000))).message()).hasSizeLessThan(400);
    }

    private Refusal refused(Target target) {
        Resolution resolution = ToolResolver.resolve(catalogue, target);
        assertThat(resolution).isInstanceOf(Resolution.Refused.class);
        return ((Resolution.Refused) resolution).refusal();
    }
}
