package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Where results go, one line each. For one thread. */
final class Results implements AutoCloseable {
    private final BufferedOutputStream out;
    private final String name;
    private final AutoCloseable whole;

    /** @param whole closed at the end */
    Results(OutputStream out, String name, AutoCloseable whole) {
        this.out = new BufferedOutputStream(out, 64 << 10);
        this.name = name;
        this.whole = whole;
    }

    void write(byte[] line) {
        try {
            out.write(line);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Before anything is waited for: what is there shall be seen, and outlive this process. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private CommandFailure unwritable(IOException e) {
        return new CommandFailure(ExitCode.INPUT_OUTPUT, name + " cannot be written: " + CommandFailure.reason(e));
    }

    @Override
    public void close() {
        flush();
        try {
            whole.close();
        } catch (Exception e) {
            throw new CommandFailure(ExitCode.INPUT_OUTPUT, name + " cannot be closed: " + CommandFailure.reason(e));
        }
    }
}
