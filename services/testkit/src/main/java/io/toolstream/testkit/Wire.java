package io.toolstream.testkit;

import java.io.IOException;

/** The way back to the client: a socket or a pipe. */
public interface Wire {
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Ends it in an orderly way. */
    void close() throws IOException;

    /** Ends it so that the client meets an error: a TCP reset, or the end of the process. */
    void reset() throws IOException;

    /** Says nothing more for as long as the client is there. Blocks. */
    void hang() throws IOException;

    default void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }
}
