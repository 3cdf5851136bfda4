package io.toolstream.bench.place;

import java.util.Map;

/** A running piece of the bench that others reach over the network only: a broker, a tool server, the far side of a line. */
public interface Part extends AutoCloseable {
    /** Addresses and counts as of now; no tabs or line breaks in them. */
    Map<String, String> facts();

    @Override
    void close();
}
