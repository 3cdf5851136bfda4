package io.toolstream.settings.mistral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.toolstream.settings.LoadedSettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MistralImportTest {
    private static final String HTTP = "\"source\":{\"type\":\"Http\",\"url\":\"http://127.0.0.1:1/mcp\"}";

    @TempDir
    Path folder;

    private Path source;
    private Path servers;
    private Path settings;

    @BeforeEach
    void name() {
        source = folder.resolve("mistral.json");
        servers = folder.resolve("lists/mcp.json");
        settings = folder.resolve("toolstream.yaml");
    }

    @Test
    void nineServers_loadHereAndDoTheSame() throws IOException {
        copyNineServers();

        LoadedSettings loaded = roundTrip(MistralImport.of(source, servers, settings));

        ToolstreamSettings set = loaded.settings();
        assertThat(loaded.servers())
                .extracting(ServerEntry::name)
                .containsExactly(
                        "fs", "git", "memory", "sh", "time-of-day-14dd9e8c", "web", "docs", "docs-old", "ticks");
        assertThat(set.worker().maxConcurrent()).isEqualTo(3);
        assertThat(set.mcp().timeouts().call()).isEqualTo(Duration.ofMinutes(3));
        assertThat(set.mcp().timeouts().firstByte()).isEqualTo(Duration.ofMinutes(3));
        assertThat(set.policy("sh").enabled()).isFalse();
        assertThat(set.policy("fs").enabled()).isTrue();
        assertThat(attempt(loaded, "fs")).isEqualTo(Duration.ofMinutes(3));
        assertThat(attempt(loaded, "web")).isEqualTo(Duration.ofSeconds(20));
        assertThat(attempt(loaded, "docs")).isEqualTo(Duration.ofSeconds(30));
        assertThat(attempt(loaded, "docs-old")).isEqualTo(Duration.ofMinutes(3));
        assertThat(attempt(loaded, "ticks")).isEqualTo(Duration.ofSeconds(5));

        ServerEntry.Stdio files = (ServerEntry.Stdio) server(loaded, "fs");
        assertThat(files.command()).containsExactly("sh", "-c", "serve /data");
        assertThat(files.directory()).isEqualTo(Path.of("/srv"));
        assertThat(files.environment())
                .containsOnly(Map.entry("LOG_LEVEL", "info"), Map.entry("HOME_DIR", "${HOME}/data"));
        assertThat(((ServerEntry.Http) server(loaded, "web")).headers())
                .containsOnly(Map.entry("X-Team", "a"), Map.entry("Authorization", "Bearer t0p-s3cret"));
        assertThat(((ServerEntry.WebSocket) server(loaded, "ticks")).headers())
                .containsOnly(Map.entry("X-Api-Key", "k3y"));
    }

    @Test
    void nineServers_trapsAreToldByLineAndColumn() throws IOException {
        copyNineServers();

        List<String> warnings = warnings(MistralImport.of(source, servers, settings));

        for (String expected : List.of(
                ":5:73 /servers/0/resources: has no effect",
                ":6:17 /servers/0/source: has the environment of mistral.rs there, and a clean one here",
                ":7:81 /servers/0/source/env/HOME_DIR: is passed on as it stands there",
                "/servers/2: has no prefix for its tools there",
                "/servers/4: has no id: there it is a random one at each start, here time-of-day-14dd9e8c",
                "/servers/4: has no tool_prefix: there its tools get a random one",
                "/servers/5/bearer_token: looks like a secret and stands in clear text, in the output too: ${env:WEB_TOKEN}",
                "/servers/5/security_policy: belongs to a fork",
                "/servers/5/source/headers/Authorization: is left out: bearer_token goes before it",
                "/servers/6: has the same tool_prefix as another server",
                "/servers/7/source/timeout_secs: is longer than tool_timeout_secs, which ends a call after 180 s",
                "/servers/8/source/timeout_secs: has no effect there for a WebSocket; here it holds",
                "/servers/8/source/headers/Host: is left out",
                "/servers/8/source/headers/X-Api-Key: looks like a secret",
                "/global_security_policy: belongs to a fork")) {
            assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains(expected));
        }
        assertThat(warnings)
                .allSatisfy(warning -> assertThat(warning)
                        .startsWith(source + ":")
                        .doesNotContain("_comment", "t0p-s3cret", "k3y", "dTpw"));
    }

    @Test
    void smallestFile_takesTheDefaultsOfMistral() throws IOException {
        LoadedSettings loaded = roundTrip(imported("{\"servers\":[],\"auto_register_tools\":true}"));

        assertThat(loaded.servers()).isEmpty();
        assertThat(loaded.settings().worker().maxConcurrent()).isEqualTo(10);
        assertThat(loaded.settings().mcp().timeouts().call()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'auto_register_tools':true} | :1:1: has no servers, which mistral.rs requires",
                "{'servers':[]} | :1:1: has no auto_register_tools, which mistral.rs requires",
                "{'servers':[],'auto_register_tools':null} | :1:37 /auto_register_tools: expected true or false, found nothing",
                "{'servers':{},'auto_register_tools':true} | :1:12 /servers: expected a list, found an object",
                "{'servers':[],'auto_register_tools':true,'tool_timeout_secs':1.5} | :1:62 /tool_timeout_secs: expected a whole number that is not negative, found a number",
                "{'servers':[],'auto_register_tools':true,'max_concurrent_calls':-1} | :1:65 /max_concurrent_calls: expected a whole number",
                "{'servers':[{'id':'a'}],'auto_register_tools':true} | :1:13 /servers/0: has no source",
                "{'servers':[{'id':null,HTTP}],'auto_register_tools':true} | :1:19 /servers/0/id: expected a string, found nothing",
                "{'servers':[{'id':'a','enabled':'yes',HTTP}],'auto_register_tools':true} | /servers/0/enabled: expected true or false, found a string",
                "{'servers':[{'id':'a','tool_prefix':1,HTTP}],'auto_register_tools':true} | /servers/0/tool_prefix: expected a string, found a number",
                "{'servers':[{'id':'a','resources':'x',HTTP}],'auto_register_tools':true} | /servers/0/resources: expected a list of strings",
                "{'servers':[{'source':{'type':'Process','command':'x'}}],'auto_register_tools':true} | :1:23 /servers/0/source: has no args, which mistral.rs requires",
                "{'servers':[{'source':{'type':'Process','args':[]}}],'auto_register_tools':true} | /servers/0/source: has no command",
                "{'servers':[{'source':{'type':'http','url':'http://x'}}],'auto_register_tools':true} | :1:31 /servers/0/source/type: expected Http, Process or WebSocket, in exactly this form, did you mean Http?",
                "{'servers':[{'source':{'url':'http://x'}}],'auto_register_tools':true} | /servers/0/source: has no type",
                "{'servers':[{'source':{'type':'Http'}}],'auto_register_tools':true} | /servers/0/source: has no url",
                "{'servers':[{'source':{'type':'Http','url':'http://x','headers':{'a':1}}}],'auto_register_tools':true} | /servers/0/source/headers/a: expected a string, found a number",
                "{'servers':[],'servers':[],'auto_register_tools':true} | :1:15 /servers: stands here twice",
                "{'servers':[],'auto_register_tools':true,} | broken syntax",
                "{'servers':[],/* why */'auto_register_tools':true} | broken syntax",
                "[] | :1:1: expected an object with servers, found a list",
            })
    void whatMistralRefuses_isRefused(String text, String message) throws IOException {
        Files.writeString(source, json(text));

        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> MistralImport.of(source, servers, settings));

        assertThat(refused).hasMessageContaining(source + "").hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/mcp", "http://u:pass@host/mcp", "", "http://"})
    void addressThatCannotBeUsedHere_isRefusedWithItsPlace(String url) throws IOException {
        Files.writeString(
                source,
                json("{'servers':[{'id':'a','source':{'type':'Http','url':'" + url
                        + "'}}],'auto_register_tools':true}"));

        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> MistralImport.of(source, servers, settings));

        assertThat(refused)
                .hasMessageStartingWith(source + ":1:32 /servers/0/source: cannot be used here: ")
                .hasMessageNotContaining("pass@");
    }

    @Test
    void unknownKeys_arePassedOver_slipsAreTold() throws IOException {
        MistralImport imported =
                imported("{'servers':[],'auto_register_tools':true,'tool_timeout_sec':5,'_comment':1,'$schema':'x'}");

        assertThat(warnings(imported))
                .containsExactly(
                        source
                                + ":1:42 /tool_timeout_sec: is not known to mistral.rs and passed over, did you mean tool_timeout_secs?");
    }

    @Test
    void sameId_theLaterTakesThePlaceOfTheEarlier() throws IOException {
        MistralImport imported = imported(
                "{'servers':[{'id':'a','source':{'type':'Http','url':'http://127.0.0.1:1/one'}},"
                        + "{'id':'a','source':{'type':'Http','url':'http://127.0.0.1:1/two'}}],'auto_register_tools':true}");

        assertThat(imported.count()).isOne();
        assertThat(imported.servers()).contains("/two").doesNotContain("/one");
        assertThat(warnings(imported)).anyMatch(warning -> warning.contains("/servers/0: is left out: the server at "));
    }

    @Test
    void zeros_areToldAndNotTaken() throws IOException {
        MistralImport imported =
                imported("{'servers':[],'auto_register_tools':true,'tool_timeout_secs':0,'max_concurrent_calls':0}");

        LoadedSettings loaded = roundTrip(imported);

        assertThat(loaded.settings().worker().maxConcurrent()).isEqualTo(10);
        assertThat(warnings(imported))
                .anyMatch(warning -> warning.contains("/tool_timeout_secs: of 0 makes every call end at once there"))
                .anyMatch(warning ->
                        warning.contains("/max_concurrent_calls: of 0 makes every call wait for good there"));
    }

    @Test
    void largestNumbers_areCut() throws IOException {
        LoadedSettings loaded = roundTrip(imported("{'servers':[],'auto_register_tools':true,"
                + "'tool_timeout_secs':18446744073709551615,'max_concurrent_calls':18446744073709551615}"));

        assertThat(loaded.settings().mcp().timeouts().call()).isEqualTo(Duration.ofDays(365));
        assertThat(loaded.settings().worker().maxConcurrent()).isEqualTo(100_000);
    }

    @Test
    void toolsThatAreNotRegistered_belongToServersSwitchedOff() throws IOException {
        LoadedSettings loaded = roundTrip(imported("{'servers':[{'id':'a',HTTP}],'auto_register_tools':false}"));

        assertThat(loaded.settings().policy("a").enabled()).isFalse();
    }

    @Test
    void namesThatWereRandom_areTheSameAtEachImport() throws IOException {
        String text =
                "{'servers':[{'name':'Web \\u00e4 \\u0022x\\u0022',HTTP},{'id':'  ',HTTP}],'auto_register_tools':true}";

        MistralImport once = imported(text);
        MistralImport again = imported(text);

        assertThat(once.servers()).isEqualTo(again.servers());
        assertThat(roundTrip(once).servers())
                .extracting(ServerEntry::name)
                .allMatch(name -> name.matches("(web-x|server)-[0-9a-f]{8}"));
    }

    @Test
    void toString_showsNoSecrets() throws IOException {
        copyNineServers();

        assertThat(MistralImport.of(source, servers, settings).toString()).isEqualTo("MistralImport[9 servers]");
    }

    private MistralImport imported(String text) throws IOException {
        Files.writeString(source, json(text));
        return MistralImport.of(source, servers, settings);
    }

    private LoadedSettings roundTrip(MistralImport imported) throws IOException {
        Files.createDirectories(servers.getParent());
        Files.writeString(servers, imported.servers());
        Files.writeString(settings, imported.settings());
        return SettingsLoader.load(
                new SettingsSources(settings, Map.of("PATH", "/usr/bin:/bin", "HOME", "/nobody"), List.of()));
    }

    private void copyNineServers() throws IOException {
        try (InputStream in = MistralImportTest.class.getResourceAsStream("nine-servers.json")) {
            Files.copy(in, source);
        }
    }

    private static Duration attempt(LoadedSettings loaded, String name) {
        return loaded.settings().mcpFor(server(loaded, name)).timeouts().attempt();
    }

    private static ServerEntry server(LoadedSettings loaded, String name) {
        return loaded.servers().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> warnings(MistralImport imported) {
        return imported.warnings().stream().map(Problem::toString).toList();
    }

    private static String json(String text) {
        return text.replace("HTTP", HTTP).replace('\'', '"');
    }
}
