package io.toolstream.client;

import io.toolstream.kafka.PartitionTail;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One attempt at following one partition; ends when it is closed or breaks. */
interface PartitionFollower {
    /** Completes when whatever is produced from then on will be seen. */
    CompletionStage<Void> ready();

    /** Completes when it has ended; exceptionally if it broke. */
    CompletionStage<Void> terminated();

    /** What keeps it from reading, null while nothing does. */
    @Nullable
    String trouble();

    void close();

    /** Begins to follow a partition from its end; does not block. */
    @FunctionalInterface
    interface Starter {
        PartitionFollower start(int partition);
    }

    static PartitionFollower of(PartitionTail tail) {
        return new PartitionFollower() {
            @Override
            public CompletionStage<Void> ready() {
                return tail.ready();
            }

            @Override
            public CompletionStage<Void> terminated() {
                return tail.terminated();
            }

            @Override
            public @Nullable String trouble() {
                return tail.trouble();
            }

            @Override
            public void close() {
                tail.close();
            }
        };
    }
}
