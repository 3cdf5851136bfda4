package io.toolstream.bench.load;

import java.util.concurrent.CompletionStage;

/** What a load is put on. Called by one driving thread at a time. */
public interface Target extends AutoCloseable {
    /**
     * Begins one call. Does not wait for the answer.
     *
     * @param number differs for every call of a run; the answer must carry it
     * @return completes normally when the right answer to this very call came, exceptionally on any other
     */
    CompletionStage<?> call(long number);

    /** Ends the near side; calls under way may never be answered. */
    @Override
    void close();
}
