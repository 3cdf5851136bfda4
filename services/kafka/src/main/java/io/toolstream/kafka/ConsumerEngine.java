package io.toolstream.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Reads the topics of a group and hands every record to a {@link RecordHandler}. */
@SuppressWarnings("DoNotCallSuggester")
public final class ConsumerEngine implements AutoCloseable {
    private ConsumerEngine() {}

    public static ConsumerEngine start(
            KafkaConnection connection, ConsumerEngineSettings settings, RecordHandler handler) {
        throw new UnsupportedOperationException();
    }

    /** Completes when this member has been given its first assignment, which may be empty. */
    public CompletableFuture<Void> assigned() {
        throw new UnsupportedOperationException();
    }

    /** Completes when the engine has ended: normally after {@link #close}, exceptionally after a failure. */
    public CompletableFuture<Void> terminated() {
        throw new UnsupportedOperationException();
    }

    public EngineSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    /** Stops reading, waits up to {@code drain} for what is in flight, commits, leaves the group. True if drained. */
    public boolean close(Duration drain) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
