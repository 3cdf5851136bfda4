package io.toolstream.embedded.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that holds a broker's topics, formatted and locked for this process: Kafka itself locks it only after it
 * has begun to write. A temporary one is deleted on close; where its process was killed, when the next one is made.
 */
final class DataDirectory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final String CLEAN_SHUTDOWN_FILE = ".kafka_cleanshutdown";
    private static final String TEMPORARY = "toolstream-broker-";

    private final Path path;
    private final boolean isTemporary;
    private final DirectoryLock lock;

    private DataDirectory(Path path, boolean isTemporary, DirectoryLock lock) {
        this.path = path;
        this.isTemporary = isTemporary;
        this.lock = lock;
    }

    /** Takes the directory for this process; nothing is written yet but the lock. */
    static DataDirectory open(@Nullable Path wanted) {
        try {
            return wanted == null ? temporary() : kept(wanted);
        } catch (IOException e) {
            throw new BrokerException("The broker's data directory " + wanted + " cannot be used: " + e, e);
        }
    }

    private static DataDirectory kept(Path wanted) throws IOException {
        Path path = Files.createDirectories(wanted.toAbsolutePath());
        return new DataDirectory(path, false, DirectoryLock.tryTake(path).orElseThrow(() -> inUse(path)));
    }

    private static DataDirectory temporary() throws IOException {
        Path path = Files.createTempDirectory(TEMPORARY);
        DirectoryLock lock = DirectoryLock.tryTake(path).orElseThrow(() -> inUse(path));
        new AbandonedDirectories(TEMPORARY, Clock.systemUTC()).sweepBeside(path);
        return new DataDirectory(path, true, lock);
    }

    private static BrokerException inUse(Path path) {
        return new BrokerException("The data directory " + path
                + " is in use by another running broker; stop that one or choose another directory");
    }

    /** Makes a new directory one of a new cluster; leaves one that has been used before as it is. */
    void format() {
        if (Files.exists(path.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setControllerListenerName(BrokerProperties.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setDirectories(List.of(path.toString()))
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
                    .run();
        } catch (Exception e) {
            throw new BrokerException("The broker's data directory " + path + " cannot be formatted: " + e, e);
        }
    }

    /** Whether the last broker in it was killed: one that ends by itself leaves a mark. */
    boolean wasLeftByACrash() {
        return Files.exists(path.resolve("meta.properties")) && !Files.exists(path.resolve(CLEAN_SHUTDOWN_FILE));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            if (isTemporary) {
                lock.deleteDirectory();
            } else {
                lock.close();
            }
        } catch (IOException e) {
            log.warn("The broker's data directory {} could not be given back: {}", path, e.toString());
        }
    }
}
