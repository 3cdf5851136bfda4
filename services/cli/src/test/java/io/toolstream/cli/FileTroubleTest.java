package io.toolstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTroubleTest {
    @TempDir
    private Path folder;

    @Test
    void of_aFileThatIsNotThere_saysSoWhoeverOpenedIt() {
        Path missing = folder.resolve("missing");

        assertThat(FileTrouble.of(catchThrowableOfType(IOException.class, () -> Files.readString(missing))))
                .isEqualTo("No such file or directory");
        assertThat(FileTrouble.of(
                        catchThrowableOfType(IOException.class, () -> new FileInputStream(missing.toFile()).close())))
                .isEqualTo("No such file or directory");
    }

    @Test
    void of_otherTrouble_isWhatTheSystemSays() {
        assertThat(FileTrouble.of(new AccessDeniedException("secret"))).isEqualTo("Permission denied");
        assertThat(FileTrouble.of(new FileSystemException("a", null, "Is a directory")))
                .isEqualTo("Is a directory");
        assertThat(FileTrouble.of(new IOException("Input/output error"))).isEqualTo("Input/output error");
    }
}
