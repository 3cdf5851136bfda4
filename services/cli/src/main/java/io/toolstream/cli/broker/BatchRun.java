package io.toolstream.cli.broker;

import io.toolstream.client.CallResult;
import java.util.Iterator;

/** The results of a batch in the order of its calls; asking for the next one drives it and blocks. For one thread. */
public interface BatchRun extends Iterator<CallResult>, AutoCloseable {
    /** Whether the next result is there already. */
    boolean isNextReady();

    /** Ends the waiting. */
    @Override
    void close();
}
