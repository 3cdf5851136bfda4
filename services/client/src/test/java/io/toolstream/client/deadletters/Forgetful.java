package io.toolstream.client.deadletters;

import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayCodec;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.TopicNames;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Topics as a replay with a bug sees them: what it does not read is as if it did not look. */
record Forgetful(Topics topics, Bug bug) implements Topics {
    enum Bug {
        NONE,
        /** Does not look for other replays. */
        PLANS_UNSEEN,
        /** Does not look for what a killed one has sent and not told. */
        SENT_UNSEEN
    }

    @Override
    public Optional<Integer> partitions(String topic) {
        return topics.partitions(topic);
    }

    @Override
    public Optional<Integer> partitionsNow(String topic) {
        return topics.partitionsNow(topic);
    }

    @Override
    public void read(String topic, Consumer<InboundRecord> each) {
        topics.read(topic, record -> {
            if (bug != Bug.PLANS_UNSEEN || !topic.equals(TopicNames.DEFAULT.replays()) || !isPlan(record)) {
                each.accept(record);
            }
        });
    }

    private static boolean isPlan(InboundRecord record) {
        return new ReplayCodec().decode(record) instanceof Decoded.WellFormed<ReplayEntry> entry
                && entry.value() instanceof ReplayEntry.Planned;
    }

    @Override
    public void readFrom(String topic, Map<Integer, Long> from, Consumer<InboundRecord> each) {
        if (bug != Bug.SENT_UNSEEN || !topic.equals(TopicNames.DEFAULT.calls())) {
            topics.readFrom(topic, from, each);
        }
    }

    @Override
    public Map<Integer, Long> ends(String topic) {
        return topics.ends(topic);
    }

    @Override
    public InboundRecord at(RecordPosition position) {
        return topics.at(position);
    }

    @Override
    public AutoCloseable follow(String topic, Consumer<InboundRecord> each) {
        return topics.follow(topic, each);
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, int partition, OutboundRecord record) {
        return topics.publish(topic, partition, record);
    }

    @Override
    public void close() {
        topics.close();
    }
}
