package io.toolstream.cli.broker;

import io.toolstream.client.CallResult;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The results of a batch in the order of its calls; asking for the next one drives it and blocks. For one thread. */
public interface BatchRun extends Iterator<CallResult>, AutoCloseable {
    /** Whether the next result is there already. */
    boolean isNextReady();

    /** Waits for the next result, at most so long; false where it is not there then. */
    boolean awaitNext(Duration atMost);

    /** Why no results come, as far as is known: the broker is away. Null otherwise. */
    @Nullable
    String trouble();

    /** Ends the waiting. */
    @Override
    void close();
}
