package io.toolstream.kafka;

import java.util.List;
import java.util.OptionalInt;

/** Makes and checks topics. Blocks the calling thread, each call for at most a bounded time. */
@SuppressWarnings("DoNotCallSuggester")
public final class TopicAdmin implements AutoCloseable {
    public TopicAdmin(KafkaConnection connection) {}

    /**
     * Compares the topics with what is needed.
     *
     * @param createMissing make the missing ones; another process doing the same at the same time does no harm
     * @return empty if all is as needed
     */
    public List<TopicProblem> ensure(List<TopicSpec> needed, boolean createMissing) {
        throw new UnsupportedOperationException();
    }

    /** Empty if there is no such topic. */
    public OptionalInt partitions(String topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
