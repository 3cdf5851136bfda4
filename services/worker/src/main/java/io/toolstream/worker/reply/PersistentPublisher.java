package io.toolstream.worker.reply;

import io.toolstream.kafka.Publisher;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes until the broker has the record or will never take it; see {@link Persistence} for how long and when. */
public final class PersistentPublisher implements Publisher {
    private final Publisher delegate;
    private final Persistence persistence;

    public PersistentPublisher(Publisher delegate, Persistence persistence) {
        this.delegate = delegate;
        this.persistence = persistence;
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, @Nullable Integer partition, OutboundRecord record) {
        return persistence.persist(() -> "write to " + topic, () -> delegate.publish(topic, partition, record));
    }

    /** For what is worth one try and no more; in one order with the rest. */
    Publisher once() {
        return delegate;
    }

    /** How it asks again: for what else has to be known of the same topics. */
    Persistence persistence() {
        return persistence;
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public String toString() {
        return "PersistentPublisher[" + delegate + "]";
    }
}
