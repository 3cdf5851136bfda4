package io.toolstream.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedDirectoriesTest {
    private static final String PREFIX = "broker-";

    @TempDir
    private Path folder;

    private Path own;

    @BeforeEach
    void make() throws IOException {
        own = Files.createDirectory(folder.resolve(PREFIX + "own"));
    }

    @Test
    void sweep_killedBrokersDirectory_isDeleted() throws IOException {
        Path left = leftBehind(PREFIX + "killed");

        sweepLater();

        assertThat(left).doesNotExist();
        assertThat(own).exists();
    }

    @Test
    void sweep_livingBrokersDirectory_staysAndStaysLocked() throws IOException {
        Path directory = leftBehind(PREFIX + "alive");
        try (DirectoryLock lock = DirectoryLock.tryTake(directory).orElseThrow()) {
            sweepLater();

            assertThat(lock).isNotNull();
            assertThat(directory.resolve("calls-0/0.log")).exists();
            assertThat(DirectoryLock.tryTake(directory)).isEmpty();
        }
        assertThat(DirectoryLock.tryTake(directory)).hasValueSatisfying(AbandonedDirectoriesTest::close);
    }

    @Test
    void sweep_whatIsNoBrokersDirectory_stays() throws IOException {
        Path otherName = leftBehind("other-killed");
        Path withoutLock = Files.createDirectory(folder.resolve(PREFIX + "unlocked"));
        Path elsewhere = leftBehind("elsewhere");
        Path link = Files.createSymbolicLink(folder.resolve(PREFIX + "link"), elsewhere);

        sweepLater();

        assertThat(otherName.resolve("calls-0/0.log")).exists();
        assertThat(withoutLock).exists();
        assertThat(link).isSymbolicLink();
        assertThat(elsewhere.resolve("calls-0/0.log")).exists();
    }

    @Test
    void sweep_linkInADirectory_isDeletedAndNotFollowed() throws IOException {
        Path left = leftBehind(PREFIX + "killed");
        Path elsewhere = leftBehind("elsewhere");
        Files.createSymbolicLink(left.resolve("link"), elsewhere);

        sweepLater();

        assertThat(left).doesNotExist();
        assertThat(elsewhere.resolve("calls-0/0.log")).exists();
    }

    @Test
    void sweep_directoryJustMade_stays() throws IOException {
        Path young = leftBehind(PREFIX + "starting");

        new AbandonedDirectories(PREFIX, Clock.systemUTC()).sweepBeside(own);

        assertThat(young.resolve("calls-0/0.log")).exists();
    }

    private void sweepLater() {
        new AbandonedDirectories(PREFIX, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2))).sweepBeside(own);
    }

    private Path leftBehind(String name) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name));
        Files.createFile(directory.resolve(DirectoryLock.FILE));
        Files.writeString(Files.createDirectory(directory.resolve("calls-0")).resolve("0.log"), "records");
        return directory;
    }

    private static void close(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
