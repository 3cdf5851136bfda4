package io.toolstream.embedded.redis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** Which program is run: one of the machine's own, since it is looked after, else the one from the jar. Blocks on files. */
final class RedisProgram {
    private static final List<String> NAMES = List.of("redis-server", "valkey-server");

    private RedisProgram() {}

    /**
     * A program that can be run.
     *
     * @param path where programs are looked for, as {@code PATH} has it
     * @param directory for the one from the jar
     * @throws IOException if there is none for this machine
     */
    static Path find(@Nullable String path, Path directory) throws IOException {
        Optional<Path> own = onPath(path);
        return own.isPresent() ? own.get() : fromJar(directory);
    }

    private static Optional<Path> onPath(@Nullable String path) {
        if (path == null) {
            return Optional.empty();
        }
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, name)))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }

    private static Path fromJar(Path directory) throws IOException {
        try {
            File program = ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get();
            return program.toPath();
        } catch (RuntimeException e) {
            throw new IOException("none for this machine: " + e.getMessage(), e);
        }
    }
}
