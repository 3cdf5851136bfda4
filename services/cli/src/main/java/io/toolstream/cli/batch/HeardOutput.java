package io.toolstream.cli.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output that fails when nobody takes what is written, which a {@code PrintStream} keeps to itself: calls whose
 * results are lost shall not be made. For one thread.
 */
final class HeardOutput extends OutputStream {
    private final PrintStream out;

    HeardOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        listen();
    }

    @Override
    public void flush() throws IOException {
        listen();
    }

    private void listen() throws IOException {
        if (out.checkError()) {
            throw new IOException("whoever read it has gone, or there is no room");
        }
    }
}
