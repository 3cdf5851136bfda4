package io.toolstream.worker;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.PartitionCounts;
import io.toolstream.kafka.Publisher;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.meter.KafkaMeters;
import io.toolstream.worker.meter.MeteredPublisher;
import io.toolstream.worker.reply.Persistence;
import io.toolstream.worker.reply.PersistentPublisher;
import io.toolstream.worker.reply.ReplyPublishers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The worker's producers: two for what somebody waits for, one for answers to calls in bulk, one for the rest. A broker serves the requests of a connection one
 * after the other, so claims and what comes of them have a connection of their own: no reply waits behind them.
 */
final class Publishers implements AutoCloseable {
    private static final String OF_CALLERS = "of-callers";

    private final KafkaPublisher latency;
    private final KafkaPublisher gathering;
    private final KafkaPublisher peers;
    private final KafkaPublisher bulk;
    private final TopicNames topics;
    private final Meters meters;

    Publishers(KafkaConnection connection, TopicNames topics, Meters meters) {
        this.latency = KafkaPublisher.latency(connection);
        this.gathering = KafkaPublisher.gathering(connection);
        this.peers = KafkaPublisher.latency(connection.as("peers"));
        this.bulk = KafkaPublisher.bulk(connection);
        this.topics = topics;
        this.meters = meters;
        List.of(latency, gathering, peers, bulk).forEach(publisher -> KafkaMeters.show(meters, publisher.figures()));
    }

    /** For replies. */
    ReplyPublishers toCallers(Persistence persistence) {
        return new ReplyPublishers(
                new PersistentPublisher(metered(latency), persistence),
                new PersistentPublisher(metered(gathering), persistence));
    }

    /** For claims and what becomes of them, and for calls that are moved: somebody waits. */
    Publisher toPeers(Persistence persistence) {
        return new PersistentPublisher(metered(peers), persistence);
    }

    /** For dead letters and events. */
    PersistentPublisher toOurs(Persistence persistence) {
        return new PersistentPublisher(metered(bulk), persistence);
    }

    /** For what is written again anyway. */
    Publisher once() {
        return metered(bulk);
    }

    PartitionCounts partitions() {
        return latency;
    }

    /** Connects, so that the first call is as quick as the second. */
    CompletableFuture<Void> warmUp() {
        return CompletableFuture.allOf(
                latency.warmUp(List.of(topics.replies(), topics.events())),
                gathering.warmUp(List.of(topics.replies())),
                peers.warmUp(List.of(topics.effects())),
                bulk.warmUp(List.of(topics.events(), topics.deadLetters(), topics.catalogue())));
    }

    private Publisher metered(Publisher publisher) {
        Set<String> ours = Set.copyOf(topics.all());
        return MeteredPublisher.of(publisher, topic -> ours.contains(topic) ? topic : OF_CALLERS, meters);
    }

    @Override
    public void close() {
        latency.close();
        gathering.close();
        peers.close();
        bulk.close();
    }
}
