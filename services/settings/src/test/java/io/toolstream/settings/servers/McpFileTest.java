package io.toolstream.settings.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class McpFileTest {
    @TempDir
    Path folder;

    private Map<String, String> environment = Map.of();

    @BeforeEach
    void aPathWithSomePrograms() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String program : List.of("npx", "uvx")) {
            assertThat(Files.createFile(bin.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }
        environment = Map.of("PATH", bin.toString(), "HOME", "/home/ann", "API_KEY", "s3cret", "EMPTY", "");
    }

    @Test
    void load_fileOfClaudeDesktop_isTakenAsItIs() throws IOException {
        McpFile file = load("""
                {
                  "mcpServers": {
                    "filesystem": {
                      "command": "npx",
                      "args": ["-y", "@modelcontextprotocol/server-filesystem", "/data"]
                    },
                    "github": { "command": "uvx", "args": [], "env": { "TOKEN": "${API_KEY}" } }
                  }
                }
                """);

        assertThat(file.entries())
                .containsExactly(
                        new ServerEntry.Stdio(
                                "filesystem",
                                List.of("npx", "-y", "@modelcontextprotocol/server-filesystem", "/data"),
                                Map.of(),
                                folder),
                        new ServerEntry.Stdio("github", List.of("uvx"), Map.of("TOKEN", "s3cret"), folder));
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void load_fileOfVsCode_isTakenAsItIs() throws IOException {
        Path home = Files.createDirectory(folder.resolve(".vscode"));
        Files.writeString(folder.resolve(".env"), "# none\nexport A=1\nB = 'two words'\n\nC=\"x=y\"\n");
        Path written = Files.writeString(home.resolve("mcp.json"), """
                // comments are fine
                {
                  "inputs": [{ "type": "promptString", "id": "api-key", "password": true }],
                  "servers": {
                    "fs": {
                      "type": "stdio",
                      "command": "npx",
                      "args": ["${workspaceFolder}/server", "${env:HOME}"],
                      "cwd": "${workspaceFolder}/sub",
                      "envFile": "${workspaceFolder}/.env",
                      "env": { "KEY": "${input:api-key}", "A": "2" },
                    },
                    /* so are trailing commas */
                    "web": { "type": "http", "url": "https://example.com/mcp", "headers": { "Authorization": "Bearer ${input:api-key}" } },
                  },
                }
                """);

        McpFile file = McpFile.load(written, environment);

        assertThat(file.entries())
                .containsExactly(
                        new ServerEntry.Stdio(
                                "fs",
                                List.of("npx", folder + "/server", "/home/ann"),
                                Map.of("A", "2", "B", "two words", "C", "x=y", "KEY", "s3cret"),
                                folder.resolve("sub")),
                        new ServerEntry.Http(
                                "web",
                                URI.create("https://example.com/mcp"),
                                Map.of("Authorization", "Bearer s3cret")));
        assertThat(file.toString()).doesNotContain("s3cret");
    }

    @Test
    void load_badFile_tellsEverythingAtOnceWithLineAndColumn() throws IOException {
        List<String> problems = problems("""
                {
                  "mcpServers": {
                    "fs": { "command": "npx", "args": "-y server" },
                    "empty": { "command": "" },
                    "shell": { "command": "sh -c 'echo hi; ls'" },
                    "numbers": { "command": "npx", "env": { "PORT": 8080 }, "args": [1] },
                    "unset": { "command": "npx", "args": ["${NOT_THERE}"], "env": { "X": "${env:GONE}" } },
                    "both": { "command": "npx", "url": "http://localhost/" },
                    "neither": {},
                    "odd": { "type": "carrier-pigeon" },
                    "text": "npx",
                    "off": { "command": "npx", "disabled": "yes" },
                    "FS": { "command": "npx" }
                  }
                }
                """);

        assertThat(problems)
                .containsExactly(
                        "mcp.json:3:39 /mcpServers/fs/args: expected a list of strings, found a string",
                        "mcp.json:4:27 /mcpServers/empty/command: expected a command, found an empty string",
                        "mcp.json:5:27 /mcpServers/shell/command: expected one program, its arguments belong into args: there is no shell",
                        "mcp.json:6:53 /mcpServers/numbers/env/PORT: expected a string, in quotes, found a number",
                        "mcp.json:6:70 /mcpServers/numbers/args/0: expected a string, found a number",
                        "mcp.json:7:43 /mcpServers/unset/args/0: the environment variable NOT_THERE is not set and has no default",
                        "mcp.json:7:74 /mcpServers/unset/env/X: the environment variable GONE is not set and has no default",
                        "mcp.json:8:13 /mcpServers/both: has both command and url: say which by type",
                        "mcp.json:9:16 /mcpServers/neither: has neither command nor url",
                        "mcp.json:10:22 /mcpServers/odd/type: expected stdio, http or ws, found something else",
                        "mcp.json:11:13 /mcpServers/text: expected an object, found a string",
                        "mcp.json:12:44 /mcpServers/off/disabled: expected true or false, found a string",
                        "mcp.json:13:5 /mcpServers/FS: looks the same as the server at mcp.json:3:5 but for case or form");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${API_KEY}            | s3cret",
                "a${API_KEY}b${HOME}   | as3cretb/home/ann",
                "${NOT_THERE:-x y}     | x y",
                "${NOT_THERE:-}        | ''",
                "${EMPTY:-x}           | x",
                "${EMPTY}              | ''",
                "$HOME                 | $HOME",
                "$${HOME}              | ${HOME}",
                "${userHome}/x         | /home/ann/x",
                "50% $ {               | 50% $ {",
            })
    void load_references_areResolvedEverywhere(String written, String expected) throws IOException {
        McpFile file = load("""
                {"mcpServers": {
                  "s": {"command": "npx", "args": ["X"], "env": {"E": "X"}},
                  "h": {"url": "http://localhost/", "headers": {"H": "X"}}
                }}
                """.replace("X", written));

        ServerEntry.Stdio stdio = (ServerEntry.Stdio) file.entries().get(0);
        ServerEntry.Http http = (ServerEntry.Http) file.entries().get(1);
        assertThat(stdio.command()).containsExactly("npx", expected);
        assertThat(stdio.environment()).containsExactly(Map.entry("E", expected));
        assertThat(http.headers()).containsExactly(Map.entry("H", expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${unclosed", "${A:-${B}}", "${vault:x}", "${input:nobody-asked}", "${file:relative}"})
    void load_referenceThatCannotBeResolved_isAProblem(String reference) throws IOException {
        assertThat(problems("{\"mcpServers\": {\"s\": {\"command\": \"npx\", \"args\": [\"" + reference + "\"]}}}"))
                .singleElement()
                .asString()
                .startsWith("mcp.json:1:50 /mcpServers/s/args/0: ");
    }

    @Test
    void load_disabledServers_areLeftOut() throws IOException {
        McpFile file = load("""
                {"mcpServers": {
                  "a": {"command": "nowhere", "disabled": true},
                  "b": {"command": "nowhere", "enabled": false},
                  "c": {"command": "npx", "disabled": false}
                }}
                """);

        assertThat(file.entries()).extracting(ServerEntry::name).containsExactly("c");
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void load_whatDoesNotStopTheStart_isWarnedOf() throws IOException {
        McpFile file = load("""
                {
                  "globalShortcut": "Ctrl+Q",
                  "mcpServers": {
                    "gone": { "command": "nowhere" },
                    "typo": { "command": "npx", "comand": "x", "x-ours": {} },
                    "inject": { "command": "npx", "env": { "LD_PRELOAD": "x.so" } },
                    "plain": { "url": "http://example.com/mcp" },
                    "old": { "type": "sse", "url": "https://example.com/sse" },
                    "ws": { "type": "ws", "url": "ws://example.com/" }
                  }
                }
                """);

        assertThat(file.warnings().stream().map(McpFileTest::brief))
                .containsExactly(
                        "mcp.json:2:3 /globalShortcut: is not known here and passed over",
                        "mcp.json:4:26 /mcpServers/gone/command: is not found on the PATH: the server will be unhealthy",
                        "mcp.json:5:33 /mcpServers/typo/comand: is not known here and passed over, did you mean command?",
                        "mcp.json:6:58 /mcpServers/inject/env/LD_PRELOAD: changes what the command runs",
                        "mcp.json:7:23 /mcpServers/plain/url: is not encrypted and leaves the private network: use https",
                        "mcp.json:9:34 /mcpServers/ws/url: is not encrypted and leaves the private network: use wss");
        assertThat(file.entries()).hasSize(6);
    }

    @Test
    void load_commandByPath_isLookedForInTheChildsFolder() throws IOException {
        McpFile file = load("""
                {"mcpServers": {
                  "here": {"command": "bin/npx"},
                  "there": {"command": "./npx", "cwd": "bin"},
                  "nowhere": {"command": "./npx"},
                  "own path": {"command": "npx", "env": {"PATH": "/nowhere"}}
                }}
                """);

        assertThat(file.warnings())
                .extracting(Problem::pointer)
                .containsExactly("/mcpServers/nowhere/command", "/mcpServers/own path/command");
    }

    @Test
    void load_webSocket_isKnownByTypeOrScheme() throws IOException {
        McpFile file = load("""
                {"mcpServers": {
                  "a": {"type": "websocket", "url": "ws://localhost:1/mcp", "headers": {"X-Key": "k"}},
                  "b": {"url": "WSS://example.com/mcp"}
                }}
                """);

        assertThat(file.entries())
                .containsExactly(
                        new ServerEntry.WebSocket("a", URI.create("ws://localhost:1/mcp"), Map.of("X-Key", "k")),
                        new ServerEntry.WebSocket("b", URI.create("WSS://example.com/mcp"), Map.of()));
    }

    @Test
    void load_replicasAndHttp2_areRead() throws IOException {
        McpFile file = load("""
                {"mcpServers": {
                  "a": {"urls": ["http://localhost:1/mcp", "http://localhost:2/mcp"], "http2": "always"}
                }}
                """);

        assertThat(file.entries())
                .containsExactly(new ServerEntry.Http(
                        "a",
                        List.of(URI.create("http://localhost:1/mcp"), URI.create("http://localhost:2/mcp")),
                        Map.of(),
                        ServerEntry.Http2.ALWAYS));
    }

    @ParameterizedTest
    @DisabledOnOs(OS.WINDOWS)
    @CsvSource({
        "rwxrwxrwx, rwxr-xr-x, true",
        "rwxr-xr-x, rwxrwxrwx, true",
        "rwxrwxr-x, rwxrwxr-x, false",
        "rwxr-xr-x, rwxr-xr-x, false"
    })
    void load_programThatAnybodyMayReplace_isWarnedOf(String file, String parent, boolean expected) throws IOException {
        Path program = Files.createDirectory(folder.resolve("programs")).resolve("server");
        Files.createFile(program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(file));
        Files.setPosixFilePermissions(program.getParent(), PosixFilePermissions.fromString(parent));

        McpFile loaded = load("{\"mcpServers\": {\"s\": {\"command\": \"programs/server\"}}}");

        assertThat(loaded.entries()).hasSize(1);
        assertThat(loaded.warnings().stream()
                        .anyMatch(warning -> warning.message().contains("every user")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"stdio, Stdio", "http, Http", "streamable-http, Http", "streamableHttp, Http", "sse, Http"})
    void load_type_decidesTheTransport(String type, String kind) throws IOException {
        McpFile file = load("{\"mcpServers\": {\"s\": {\"type\": \"" + type
                + "\", \"command\": \"npx\", \"url\": \"http://localhost/\"}}}");

        assertThat(file.entries())
                .singleElement()
                .extracting(entry -> entry.getClass().getSimpleName())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:pass@example.com/",
                "https://token@example.com/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "ftp://example.com/",
                "example.com/mcp",
                "https:///mcp",
                "https://example.com:0/",
                "https://example.com:70000/",
                "http://0x7f.1/",
                "http://2130706433/",
                "http://127.1/",
                "http://0177.0.0.1/",
                "http://[::ffff:10.0.0.1]/",
                "http://169.254.169.254/latest",
                "http://[fe80::1]/",
                "https://exаmple.com/",
                "https://exa_mple.com/",
                "https://example.com/#part",
                "https://example.com/ x",
                "",
            })
    void load_badUrl_isRefusedWithoutRepeatingIt(String url) throws IOException {
        List<String> problems = problems("{\"mcpServers\": {\"h\": {\"url\": \"" + url + "\"}}}");

        assertThat(problems).singleElement().asString().startsWith("mcp.json:1:30 /mcpServers/h/url: ");
        assertThat(problems.get(0)).doesNotContain("pass@").doesNotContain("token@");
    }

    @ParameterizedTest
    @CsvSource({"Host, x", "Content-Length, 5", "'Bad Name', x", "'', x", "X, 'a\\r\\nInjected: b'"})
    void load_badHeader_isRefused(String name, String value) throws IOException {
        assertThat(problems("{\"mcpServers\": {\"h\": {\"url\": \"http://localhost/\", \"headers\": {\"" + name
                        + "\": \"" + value + "\"}}}}"))
                .singleElement()
                .asString()
                .contains("/mcpServers/h/headers/" + name + ": ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                        | expected an object with mcpServers, found a list",
                "{}                        | has neither mcpServers nor servers",
                "{\"mcpServers\": []}      | expected an object, server name to server, found a list",
                "{\"servers\":{},\"mcpServers\":{}} | stands beside mcpServers: use one of the two",
                "{\"mcpServers\": {\"\": {\"command\": \"npx\"}}} | expected a name of 1 to 128 characters",
                "{\"mcpServers\": {\"a\": {\"command\": \"npx\"}, \"a\": {}}} | stands here twice, first in line 1",
                "{\"mcpServers\": {          | broken syntax: ",
                "{\"mcpServers\": {} } x    | broken syntax: ",
                "{\"mcpServers\": {} } {}   | a second document starts here, expected one",
                "''                         | has neither mcpServers nor servers",
            })
    void load_badShape_isToldByItsPlace(String text, String message) throws IOException {
        assertThat(problems(text)).anySatisfy(problem -> assertThat(problem).contains(message));
    }

    @Test
    void load_brokenSyntax_doesNotRepeatWhatMayBeSecret() throws IOException {
        assertThat(problems("{\"mcpServers\": {\"a\": {\"env\": {\"K\": hunter2hunter2 }}}}"))
                .singleElement()
                .asString()
                .startsWith("mcp.json:1:")
                .doesNotContain("hunter2");
    }

    private McpFile load(String text) throws IOException {
        return McpFile.load(Files.writeString(folder.resolve("mcp.json"), text), environment);
    }

    private List<String> problems(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("mcp.json"), text);
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> McpFile.load(file, environment));
        return refused.problems().stream().map(McpFileTest::brief).toList();
    }

    /** With the file's name alone. */
    private static String brief(Problem problem) {
        return problem.toString().replaceAll("\\S*/mcp\\.json", "mcp.json");
    }
}
