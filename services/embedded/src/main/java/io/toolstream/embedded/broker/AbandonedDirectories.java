package io.toolstream.embedded.broker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the temporary directories of brokers that were killed: those beside a broker's own that belong to the same user
 * and that no living process has locked. What cannot be deleted stays. Blocks on the file system.
 */
final class AbandonedDirectories {
    private static final Logger log = LoggerFactory.getLogger(AbandonedDirectories.class);

    /** A broker that is just starting has made its directory but not locked it yet. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final String prefix;
    private final Clock clock;

    AbandonedDirectories(String prefix, Clock clock) {
        this.prefix = prefix;
        this.clock = clock;
    }

    void sweepBeside(Path own) {
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(own.toAbsolutePath().getParent(), prefix + "*")) {
            UserPrincipal user = Files.getOwner(own);
            for (Path directory : siblings) {
                sweep(directory, user);
            }
        } catch (IOException e) {
            log.debug("The directories beside {} cannot be listed", own, e);
        }
    }

    /** In a directory of one's own nobody else can put a link in the place of a file while it is deleted. */
    private void sweep(Path directory, UserPrincipal user) {
        try {
            if (isLeft(directory)
                    && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                var lock = DirectoryLock.tryTake(directory);
                if (lock.isPresent()) {
                    lock.get().deleteDirectory();
                }
            }
        } catch (IOException e) {
            log.debug("{} of a killed broker cannot be deleted", directory, e);
        }
    }

    private boolean isLeft(Path directory) throws IOException {
        Path file = directory.resolve(DirectoryLock.FILE);
        Instant old = clock.instant().minus(YOUNG);
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.getLastModifiedTime(file).toInstant().isBefore(old);
    }
}
