package io.toolstream.it.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder like a fresh clone, in which the launcher finds a Java and a Maven that only write down how they were called. */
final class Folder {
    /** Prints its arguments, one to a line; takes archives for whole that hold the word; writes them if told to. */
    private static final String JAVA = """
            #!/usr/bin/env bash
            case "$*" in
              *-Xshare:on*)
                for option in "$@"; do
                  case $option in -XX:SharedArchiveFile=*) grep -q whole "${option#*=}"; exit ;; esac
                done ;;
            esac
            for option in "$@"; do
              case $option in
                -XX:ArchiveClassesAtExit=*) [ -z "${FAKE_ARCHIVE:-}" ] || echo "$FAKE_ARCHIVE" >"${option#*=}" ;;
              esac
            done
            printf '%s\\n' "locale ${LC_ALL:-}" "$@"
            """;

    /** Builds three jars, slowly; fails if it is told to. */
    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo run >>"$FAKE_LOG"
            echo '[INFO] Building Toolstream wire 0.1.0 [1/9]'
            echo '[INFO] Downloading the world'
            mkdir -p services/cli/target/dist/lib
            touch services/cli/target/dist/lib/{b,a,Z}.jar
            sleep "${FAKE_SLEEP:-0}"
            until [ -z "${FAKE_GATE:-}" ] || [ -e "$FAKE_GATE" ]; do sleep 0.05; done
            [ -z "${FAKE_FAILURE:-}" ] || { echo "[ERROR] $FAKE_FAILURE"; exit 1; }
            """;

    private final Path home;
    private final Path tools;
    private final Path log;

    private Folder(Path home, Path tools) {
        this.home = home;
        this.tools = tools;
        this.log = tools.resolve("maven-runs");
    }

    record Ended(int exitCode, List<String> out, String err) {}

    static Folder make(Path root, String name) throws IOException {
        Path source = Path.of(System.getProperty("toolstream.basedir"), "toolstream");
        Path home = Files.createDirectories(root.resolve(name));
        Files.copy(source, home.resolve("toolstream"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(home.resolve("services/cli/src/main/java"));
        Files.createDirectories(home.resolve("schemas"));
        Files.writeString(home.resolve("pom.xml"), "");
        Folder folder = new Folder(home, Files.createDirectories(root.resolve("tools")));
        folder.putJava("17.0.15");
        folder.executable(folder.tools.resolve("mvn"), MAVEN);
        return folder;
    }

    void putJava(String version) throws IOException {
        putJava(version, version);
    }

    void putJava(String version, String build) throws IOException {
        Files.createDirectories(tools.resolve("jdk/bin"));
        Files.writeString(
                tools.resolve("jdk/release"),
                "IMPLEMENTOR=\"x\"\nJAVA_RUNTIME_VERSION=\"" + build + "\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(tools.resolve("jdk/bin/java"), JAVA);
    }

    private void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    Path home() {
        return home;
    }

    Path dist() {
        return home.resolve("services/cli/target/dist");
    }

    int mavenRuns() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return run(home.resolve("toolstream"), home, Map.of(), arguments);
    }

    Ended run(Path script, Path directory, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(script, directory, environment, arguments);
        List<String> out = new ArrayList<>();
        process.inputReader(UTF_8).lines().forEach(out::add);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    Process start(Path script, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "TOOLSTREAM_JAVA_OPTS", "CDPATH"));
        builder.environment().put("JAVA_HOME", tools.resolve("jdk").toString());
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().put("FAKE_LOG", log.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
