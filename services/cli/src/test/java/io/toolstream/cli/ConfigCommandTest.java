package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandTest {
    @TempDir
    Path folder;

    private final CliRun cli = new CliRun(new FakePipeline(call -> new CompletableFuture<>()));
    private Path settings;
    private Path servers;

    @BeforeEach
    void name() {
        settings = folder.resolve("toolstream.yaml");
        servers = folder.resolve("mcp.json");
    }

    @Test
    void show_printsWhatIsSetAndByWhom() throws IOException {
        Files.writeString(settings, "worker:\n  maxInFlight: 7\n");

        CliRun.Result result = cli.environment("TOOLSTREAM_TOPICS__PREFIX", "a.")
                .run("config", "show", "--config", settings.toString(), "--set", "worker.id=w9", "-o", "json");

        Golden.assertMatches("config-show.json", result.out().replace(folder.toString(), "/etc"));
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void show_effective_listsTheDefaultsToo() {
        assertThat(cli.run("config", "show", "--effective").out())
                .contains("worker.maxInFlight")
                .contains("default");
        assertThat(cli.run("config", "show").out()).doesNotContain("worker.maxInFlight");
    }

    @Test
    void check_whatIsRight_saysSoAndExitsWith0() throws IOException {
        Files.writeString(servers, "{\"mcpServers\":{\"a\":{\"url\":\"http://localhost:1/mcp\"}}}");

        CliRun.Result result = cli.run("config", "check", "--servers", servers.toString());

        assertThat(result.err()).contains("ok: 1 tool server");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void check_bothFilesWrong_listsAllProblemsWithTheirPlacesAndExitsWith6() throws IOException {
        Files.writeString(settings, "worker:\n  maxInFlite: 7\n  group: ''\n");
        Files.writeString(servers, "{\"mcpServers\":{\"a\":{\"command\":\"${NOT_SET_ANYWHERE}\"}}}");

        CliRun.Result result =
                cli.run("config", "check", "--config", settings.toString(), "--servers", servers.toString());

        assertThat(result.err())
                .contains("toolstream.yaml:2:")
                .contains("did you mean maxInFlight?")
                .contains("toolstream.yaml:3:")
                .contains("mcp.json:1:")
                .contains("NOT_SET_ANYWHERE")
                .doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_SETTINGS.number());
    }

    @Test
    void importFile_writesBothFiles_andNeverReplacesThemUnasked() throws IOException {
        Path source = folder.resolve("mistral.json");
        Files.writeString(source, """
                {"servers": [{"id": "a", "source": {"type": "Http", "url": "http://localhost:1/mcp"}}],
                 "auto_register_tools": true}
                """);
        String[] command = {
            "config", "import", source.toString(), "-o", servers.toString(), "--settings", settings.toString()
        };

        CliRun.Result first = cli.run(command);
        Files.writeString(settings, "mine");
        CliRun.Result second = cli.run(command);
        String kept = Files.readString(settings);
        CliRun.Result forced = cli.run(with(command, "--force"));
        CliRun.Result check = cli.run("config", "check", "--config", settings.toString());

        assertThat(first.err()).contains("(1 server)").contains("mistral.json:1:14 /servers/0: has no tool_prefix");
        assertThat(second.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(second.err()).contains("exists: --force replaces it");
        assertThat(kept).isEqualTo("mine");
        assertThat(forced.exitCode()).isZero();
        assertThat(check.err()).contains("ok: 1 tool server");
        assertThat(Files.getPosixFilePermissions(servers)).doesNotContain(PosixFilePermission.OTHERS_READ);
    }

    @Test
    void importFile_thatMistralRefuses_writesNothing() throws IOException {
        Path source = Files.writeString(folder.resolve("mistral.json"), "{\"servers\": []}");

        CliRun.Result result = cli.run(
                "config", "import", source.toString(), "-o", servers.toString(), "--settings", settings.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_SETTINGS.number());
        assertThat(result.err()).contains("mistral.json:1:1: has no auto_register_tools");
        assertThat(servers).doesNotExist();
    }

    private static String[] with(String[] words, String last) {
        String[] longer = Arrays.copyOf(words, words.length + 1);
        longer[words.length] = last;
        return longer;
    }
}
