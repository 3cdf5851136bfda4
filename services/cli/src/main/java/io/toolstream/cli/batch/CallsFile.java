package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.FileTrouble;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Where calls are read from: a file, or standard input. */
final class CallsFile {
    private static final String STANDARD = "-";

    private final String name;
    private final InputStream standardInput;

    CallsFile(String name, InputStream standardInput) {
        this.name = name;
        this.standardInput = standardInput;
    }

    /** As messages call it. */
    String name() {
        return name.equals(STANDARD) ? "standard input" : name;
    }

    boolean isReadTwice() {
        return !name.equals(STANDARD) && Files.isRegularFile(Path.of(name));
    }

    CallLines open() {
        try {
            // not by a channel, which an interruption would close
            InputStream in = name.equals(STANDARD) ? standardInput : new FileInputStream(name);
            return new CallLines(in, name());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Empty where that is not known before it is read. */
    OptionalLong size() {
        try {
            return isReadTwice() ? OptionalLong.of(Files.size(Path.of(name))) : OptionalLong.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The digest of its beginning; of standard input, which is not read for that, nothing. */
    InputMark mark() {
        return isReadTwice() ? InputMark.of(head(InputMark.HEAD_BYTES)) : InputMark.NONE;
    }

    /** Whether it still begins as it did. */
    boolean beginsWith(InputMark mark) {
        return !isReadTwice()
                || mark.equals(InputMark.NONE)
                || InputMark.of(head(mark.bytes())).equals(mark);
    }

    private byte[] head(int bytes) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return in.readNBytes(bytes);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private CommandFailure unreadable(IOException e) {
        return new CommandFailure(ExitCode.INPUT_OUTPUT, name() + " cannot be read: " + FileTrouble.of(e));
    }
}
