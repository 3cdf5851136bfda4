package io.toolstream.client.deadletters;

import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayCodec;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.TopicNames;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** The topic {@code replays}: what was done about dead letters, by whom and when, read and written in one place. */
final class ReplaysTopic {
    private final Topics topics;
    private final String name;
    private final ReplayCodec codec = new ReplayCodec();

    ReplaysTopic(Topics topics, TopicNames names) {
        this.topics = topics;
        this.name = names.replays();
    }

    /** @throws DeadLettersException where there is none to write to */
    void require() {
        if (!isThere()) {
            throw new DeadLettersException("topic " + name
                    + " is missing: a worker makes it at its start, and so does \"toolstream topics create\"");
        }
    }

    private boolean isThere() {
        return topics.partitions(name).isPresent();
    }

    /** All that stands there, in its order; what cannot be read is passed over. Nothing where there is no such topic. */
    void each(Consumer<ReplayEntry> entries) {
        if (isThere()) {
            topics.read(name, record -> decode(record, entries));
        }
    }

    private void decode(InboundRecord record, Consumer<ReplayEntry> entries) {
        if (codec.decode(record) instanceof Decoded.WellFormed<ReplayEntry> wellFormed) {
            entries.accept(wellFormed.value());
        }
    }

    /** Never blocks; completes with the acknowledgement. Any thread. */
    CompletableFuture<RecordPosition> publish(ReplayEntry entry) {
        return topics.publish(name, 0, codec.encode(entry));
    }

    /** Blocks until it is acknowledged. */
    void write(ReplayEntry entry) {
        await(publish(entry));
    }

    /** Blocks until all of them are acknowledged. */
    void await(Collection<CompletableFuture<RecordPosition>> written) {
        await(CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new)));
    }

    private void await(CompletableFuture<?> written) {
        try {
            written.join();
        } catch (CompletionException e) {
            throw DeadLettersException.of("cannot write to " + name, e);
        }
    }
}
