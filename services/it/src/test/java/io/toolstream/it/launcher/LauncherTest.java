package io.toolstream.it.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.it.launcher.Folder.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
@Timeout(240)
class LauncherTest {
    @TempDir
    private Path root;

    private Folder folder;

    @BeforeEach
    void make() throws IOException {
        folder = Folder.make(root, "a clone");
    }

    @Test
    void firstRun_buildsAndSaysSoOnStderr() throws Exception {
        Ended ended = folder.run("tools", "ls");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains("toolstream: building", "Building Toolstream wire", "toolstream: built");
        assertThat(ended.err()).doesNotContain("Downloading");
        assertThat(ended.out()).endsWith("io.toolstream.cli.Toolstream", "tools", "ls");
        assertThat(folder.dist().resolve("complete")).exists();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void secondRun_buildsNothingAndSaysNothing() throws Exception {
        folder.run();

        Ended ended = folder.run("--version");

        assertThat(ended.err()).isEmpty();
        assertThat(folder.mavenRuns()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pom.xml", "services/cli/pom.xml", "services/wire/src/main/java/A.java", "schemas/a.schema.json"
            })
    void sourceIsNewer_buildsAgain(String source) throws Exception {
        folder.run();
        Path file = folder.home().resolve(source);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "changed");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

        folder.run();

        assertThat(folder.mavenRuns()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"services/cli/src/test/java/A.java", "services/cli/target/classes/pom.xml", "README.md"})
    void somethingElseIsNewer_buildsNothing(String other) throws Exception {
        folder.run();
        Path file = folder.home().resolve(other);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "changed");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

        folder.run();

        assertThat(folder.mavenRuns()).isOne();
    }

    @Test
    void folderMoved_buildsAgain() throws Exception {
        folder.run();
        Path moved = Files.move(folder.home(), root.resolve("elsewhere"));

        Ended ended = folder.run(moved.resolve("toolstream"), root, Map.of());

        assertThat(folder.mavenRuns()).isEqualTo(2);
        assertThat(classPath(ended)).startsWith(moved.toRealPath().toString());
    }

    @Test
    void buildFails_showsItsErrorsAndLeavesNoHalf() throws Exception {
        Ended ended = folder.run(folder.home().resolve("toolstream"), root, Map.of("FAKE_FAILURE", "no such artifact"));

        assertThat(ended.exitCode()).isEqualTo(6);
        assertThat(ended.err()).contains("[ERROR] no such artifact", "the build failed");
        assertThat(ended.out()).isEmpty();
        assertThat(folder.dist()).doesNotExist();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void twoAtOnce_buildOnce() throws Exception {
        Map<String, String> slowly = Map.of("FAKE_SLEEP", "2");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(folder.start(folder.home().resolve("toolstream"), root, slowly));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(folder.mavenRuns()).isOne();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void lockOfADeadProcess_isBroken() throws Exception {
        Path lock = Files.createDirectories(folder.home().resolve("services/cli/target/build.lock"));
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        assertThat(folder.run().exitCode()).isZero();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void interrupted_whileBuilding_leavesNoLock() throws Exception {
        Path gate = root.resolve("gate");
        Process process = folder.start(folder.home().resolve("toolstream"), root, Map.of("FAKE_GATE", gate.toString()));
        Awaitility.await().until(() -> folder.mavenRuns() == 1);

        process.destroy();
        Files.createFile(gate);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(leftovers()).isEmpty();
        assertThat(folder.dist().resolve("complete")).doesNotExist();
    }

    @Test
    void links_fromAnywhere_findTheFolder() throws Exception {
        Path bin = Files.createDirectories(root.resolve("bin"));
        Path absolute =
                Files.createSymbolicLink(bin.resolve("one"), folder.home().resolve("toolstream"));
        Path relative = Files.createSymbolicLink(bin.resolve("two"), Path.of("one"));

        Ended ended = folder.run(relative, root, Map.of("CDPATH", root.toString()), "--version");

        assertThat(absolute).isSymbolicLink();
        assertThat(ended.exitCode()).isZero();
        assertThat(classPath(ended)).startsWith(folder.home().toRealPath().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "en_US.UTF-8", "de_DE.UTF-8"})
    void classPath_isInTheSameOrderEverywhere(String locale) throws Exception {
        Ended ended = folder.run(folder.home().resolve("toolstream"), root, Map.of("LC_ALL", locale));

        assertThat(Stream.of(classPath(ended).split(":"))
                        .map(jar -> Path.of(jar).getFileName().toString()))
                .containsExactly("Z.jar", "a.jar", "b.jar");
    }

    @Test
    void arguments_passAsTheyAre() throws Exception {
        assertThat(folder.run("call", "x y", "", "*", "a=\"b\"").out())
                .endsWith("io.toolstream.cli.Toolstream", "call", "x y", "", "*", "a=\"b\"");
    }

    @ParameterizedTest
    @CsvSource({
        "C, C.UTF-8",
        "POSIX, C.UTF-8",
        "'', C.UTF-8",
        "xx_XX.UTF-8, C.UTF-8",
        "C.UTF-8, C.UTF-8",
        "xx_XX.ISO-8859-1, xx_XX.ISO-8859-1"
    })
    void locale_ofNoCharacters_isUtf8s_anyOtherStays(String locale, String ofJava) throws Exception {
        folder.run();

        Ended ended = folder.run(
                folder.home().resolve("toolstream"), root, Map.of("LC_ALL", locale, "LC_CTYPE", "", "LANG", ""));

        assertThat(ended.out()).contains("locale " + ofJava);
    }

    @Test
    void javaOptions_comeLast() throws Exception {
        Ended ended = folder.run(
                folder.home().resolve("toolstream"),
                root,
                Map.of("JAVA_OPTS", "-Xmx1g -Da=b", "TOOLSTREAM_JAVA_OPTS", "-Xmx2g"));

        assertThat(ended.out()).containsSubsequence("-Xmx128m", "-Xmx1g", "-Da=b", "-Xmx2g", "-cp");
    }

    @ParameterizedTest
    @CsvSource({"call,true", "--help,true", "demo,true", "dev,false", "run,false", "bench,false"})
    void quickCompilerOnly_forShortCommands(String command, boolean expected) throws Exception {
        assertThat(folder.run(command).out().contains("-XX:TieredStopAtLevel=1"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"17.0.15,false", "21.0.2,false", "24,true", "25.0.1,true", "26-ea,true"})
    void newerJava_isAllowedWhatKafkaDoes(String version, boolean expected) throws Exception {
        folder.putJava(version);

        assertThat(folder.run("--version").out().contains("--sun-misc-unsafe-memory-access=allow"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.20", "1.8.0_402"})
    void oldJava_isRefused(String version) throws Exception {
        folder.putJava(version);

        Ended ended = folder.run("--version");

        assertThat(ended.exitCode()).isEqualTo(6);
        assertThat(ended.err()).contains(version, "17 or newer");
    }

    @Test
    void wrongJavaHome_isNamed() throws Exception {
        Ended ended = folder.run(folder.home().resolve("toolstream"), root, Map.of("JAVA_HOME", "/no/such"));

        assertThat(ended.exitCode()).isEqualTo(6);
        assertThat(ended.err()).contains("JAVA_HOME", "/no/such");
    }

    @Test
    void build_trainsAnArchiveForAllCommands() throws Exception {
        Ended ended = folder.run(folder.home().resolve("toolstream"), root, Map.of("FAKE_ARCHIVE", "whole"), "call");

        assertThat(ended.out()).anyMatch(option -> option.startsWith("-XX:SharedArchiveFile="));
        assertThat(folder.run("dev").out()).noneMatch(option -> option.contains("ArchiveClassesAtExit"));
    }

    @Test
    void otherJava_writesAnArchiveOfItsOwn() throws Exception {
        Path script = folder.home().resolve("toolstream");
        folder.run(script, root, Map.of("FAKE_ARCHIVE", "whole"), "call");
        folder.putJava("25.0.1");

        assertThat(folder.run("call").out()).noneMatch(option -> option.contains("Archive"));
        folder.run(script, root, Map.of("FAKE_ARCHIVE", "whole"), "dev");

        assertThat(folder.run("call").out()).anyMatch(option -> option.startsWith("-XX:SharedArchiveFile="));
    }

    @Test
    void otherBuildOfTheSameVersion_isAnotherJava() throws Exception {
        Path script = folder.home().resolve("toolstream");
        folder.putJava("17.0.15", "17.0.15+6-Debian-1");
        folder.run(script, root, Map.of("FAKE_ARCHIVE", "whole"), "call");
        assertThat(folder.run("call").out()).anyMatch(option -> option.startsWith("-XX:SharedArchiveFile="));

        folder.putJava("17.0.15", "17.0.15+7-Debian-1");

        assertThat(folder.run("call").out()).noneMatch(option -> option.contains("Archive"));
    }

    @Test
    void longCommand_writesAnArchiveThatLaterOnesUse() throws Exception {
        assertThat(folder.run("call").out()).noneMatch(option -> option.contains("Archive"));
        String option = folder.run("dev").out().stream()
                .filter(line -> line.startsWith("-XX:ArchiveClassesAtExit="))
                .findFirst()
                .orElseThrow();
        Path written = Path.of(option.substring(option.indexOf('=') + 1));
        Files.writeString(written, "whole");

        Ended ended = folder.run("call");

        Path archive = Path.of(written.toString().replaceFirst("\\.\\d+$", ""));
        assertThat(ended.out()).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(written).doesNotExist();
        assertThat(folder.run("dev").out()).contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void archiveCutShort_isThrownAwayAndWrittenAnew() throws Exception {
        String option = folder.run("demo").out().stream()
                .filter(line -> line.startsWith("-XX:ArchiveClassesAtExit="))
                .findFirst()
                .orElseThrow();
        Path written = Path.of(option.substring(option.indexOf('=') + 1));
        Files.writeString(written, "half");

        Ended ended = folder.run("demo");

        assertThat(written).doesNotExist();
        assertThat(ended.out()).anyMatch(line -> line.startsWith("-XX:ArchiveClassesAtExit="));
    }

    @Test
    void archiveBeingWritten_isLeftAlone() throws Exception {
        String option = folder.run("demo").out().stream()
                .filter(line -> line.startsWith("-XX:ArchiveClassesAtExit="))
                .findFirst()
                .orElseThrow();
        Path mine = Path.of(option.substring(option.indexOf('=') + 1)
                .replaceFirst("\\d+$", Long.toString(ProcessHandle.current().pid())));
        Files.writeString(mine, "whole");

        assertThat(folder.run("call").out()).noneMatch(line -> line.contains("SharedArchiveFile"));
        assertThat(mine).exists();
    }

    private static String classPath(Ended ended) {
        return ended.out().get(ended.out().indexOf("-cp") + 1);
    }

    /** Locks and drafts in the build folder. */
    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder.home().resolve("services/cli/target"))) {
            return files.filter(file -> !file.getFileName().toString().equals("dist"))
                    .toList();
        }
    }
}
