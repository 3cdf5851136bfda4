package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.FileTrouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines, holding one at a time, and none that is too long. For one thread; blocks on its input. */
final class CallLines implements AutoCloseable {
    /** A message may hold several calls of a MiB each; beyond this nothing does. */
    static final int MAX_LINE_BYTES = 8 << 20;

    private final InputStream in;
    private final String name;
    private final byte[] buffer = new byte[64 << 10];
    private int at;
    private int end;
    private long number;
    private long bytesRead;

    CallLines(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /** Null at the end. A last line without a line break counts. */
    @Nullable
    CallLine next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean isTooLong = false;
        while (at < end || fill()) {
            int stop = indexOfBreak();
            if (line.size() + stop - at > MAX_LINE_BYTES) {
                isTooLong = true;
                line.reset();
            }
            if (!isTooLong) {
                line.write(buffer, at, stop - at);
            }
            at = stop;
            if (stop < end) {
                at++;
                return line(line, isTooLong);
            }
        }
        return line.size() > 0 || isTooLong ? line(line, isTooLong) : null;
    }

    private CallLine line(ByteArrayOutputStream line, boolean isTooLong) {
        number++;
        byte[] bytes = line.toByteArray();
        return new CallLine(number, isTooLong ? null : number == 1 ? withoutMark(bytes) : bytes);
    }

    /** Some editors put a byte order mark before everything else. */
    private static byte[] withoutMark(byte[] line) {
        boolean isMarked =
                line.length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
        return isMarked ? Arrays.copyOfRange(line, 3, line.length) : line;
    }

    private int indexOfBreak() {
        int i = at;
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private boolean fill() {
        try {
            at = 0;
            end = Math.max(0, in.read(buffer));
            bytesRead += end;
            return end > 0;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_OUTPUT, name + " cannot be read: " + FileTrouble.of(e));
        }
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.INPUT_OUTPUT, name + " cannot be closed: " + e.getMessage());
        }
    }
}
