package io.toolstream.cli.operate;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes whole files that only their owner may read: they may hold secrets. */
final class PrivateFile {
    private PrivateFile() {}

    /** Takes the place of a file that is there, at once or not at all. */
    static void write(Path file, String text) {
        Path target = file.toAbsolutePath();
        try {
            Path written = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
            try {
                Files.writeString(written, text);
                Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_OUTPUT, "cannot write " + file + ": " + FileTrouble.of(e));
        }
    }
}
