package io.toolstream.settings.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class SourceFileTest {
    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @Test
    void read_file_givesItsBytes() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "abc");

        assertThat(SourceFile.read(file, problems))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(3));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void read_linkToAFile_isFine() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "abc");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(SourceFile.read(link, problems)).isPresent();
    }

    @Test
    void read_missingFile_isAProblem() {
        assertProblem(folder.resolve("f"), "does not exist");
    }

    @Test
    void read_folder_isAProblem() {
        assertProblem(folder, "is a directory, expected a file");
    }

    @Test
    void read_loopOfLinks_isAProblem() throws IOException {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        Files.createSymbolicLink(one, other);
        Files.createSymbolicLink(other, one);

        assertThat(SourceFile.read(one, problems)).isEmpty();
        assertThat(problems.isEmpty()).isFalse();
    }

    @Test
    void read_hugeFile_isAProblem() throws IOException {
        assertProblem(
                Files.write(folder.resolve("f"), new byte[SourceFile.MOST_BYTES + 1]), "is larger than 1048576 bytes");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @Timeout(20)
    void read_pipe_isAProblemAndDoesNotBlock() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS))
                .isTrue();

        assertProblem(pipe, "is not a regular file (a pipe, a device or a loop of links)");
    }

    private void assertProblem(Path file, String message) {
        assertThat(SourceFile.read(file, problems)).isEmpty();
        assertThat(problems.sorted()).singleElement().hasToString(file + ": " + message);
    }
}
