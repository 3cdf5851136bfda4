package io.toolstream.client;

import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.Publisher;
import io.toolstream.kafka.RangeReader;
import io.toolstream.kafka.StartAt;
import io.toolstream.wire.InboundRecord;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a client stands on: the way out, the way back, what came back before, time, and its own name.
 *
 * @param instanceId differs between all clients that share a reply topic, also over time
 * @param onClose run last
 */
record Surroundings(
        Publisher publisher,
        ReplyTail.Starter replies,
        ReplyArchive archive,
        Time time,
        String instanceId,
        Runnable onClose) {
    static Surroundings of(ClientSettings settings) {
        String instanceId = UUID.randomUUID().toString();
        KafkaPublisher publisher = KafkaPublisher.latency(settings.kafka());
        TimerThread timer = new TimerThread("toolstream-timer");
        return new Surroundings(
                publisher,
                onReply -> tail(settings, publisher, instanceId, timer, onReply),
                (since, handler) -> RangeReader.readSince(settings.kafka(), settings.replyTopic(), since, handler),
                Time.system(timer),
                instanceId,
                timer::close);
    }

    private static ReplyTail tail(
            ClientSettings settings,
            KafkaPublisher publisher,
            String instanceId,
            Alarm alarm,
            Consumer<InboundRecord> onReply) {
        String topic = settings.replyTopic();
        PersistentReplyTail tail = new PersistentReplyTail(
                instanceId,
                () -> publisher.partitions(topic),
                partition -> PartitionFollower.of(
                        PartitionTail.start(settings.kafka(), topic, Set.of(partition), StartAt.END, onReply)),
                alarm);
        tail.begin();
        return tail;
    }
}
