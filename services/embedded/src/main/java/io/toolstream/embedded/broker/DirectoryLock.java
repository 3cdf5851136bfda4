package io.toolstream.embedded.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One broker's claim on a directory, which ends with its process at the latest. The lock on the file keeps other processes
 * out; within this one the directory's name does, since closing any channel to the file would give the lock up. Any thread.
 */
final class DirectoryLock implements AutoCloseable {
    static final String FILE = ".toolstream.lock";
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Empty where a living broker has it. */
    static Optional<DirectoryLock> tryTake(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!TAKEN.add(real)) {
            return Optional.empty();
        }
        FileChannel locked = null;
        try {
            locked = locked(real.resolve(FILE));
            return Optional.ofNullable(locked).map(channel -> new DirectoryLock(real, channel));
        } finally {
            if (locked == null) {
                TAKEN.remove(real);
            }
        }
    }

    private static @Nullable FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock == null ? null : channel;
        } catch (OverlappingFileLockException ofAnotherClassLoader) {
            return null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    /** Deletes the directory and gives it up. The lock's file goes last: what a kill leaves of it is found again. */
    void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(directory) && !file.equals(directory.resolve(FILE))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            close();
        }
        Files.deleteIfExists(directory.resolve(FILE));
        Files.deleteIfExists(directory);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        TAKEN.remove(directory);
    }
}
