package io.toolstream.client;

import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.Publisher;
import java.time.InstantSource;
import java.util.UUID;

/**
 * What a client stands on: the way out, the way back, time, and its own name.
 *
 * @param instanceId differs between all clients that share a reply topic, also over time
 * @param onClose run last
 */
record Surroundings(
        Publisher publisher,
        ReplyTail.Starter replies,
        Alarm alarm,
        InstantSource clock,
        String instanceId,
        Runnable onClose) {
    static Surroundings of(ClientSettings settings) {
        String instanceId = UUID.randomUUID().toString();
        KafkaPublisher publisher = KafkaPublisher.latency(settings.kafka());
        TimerThread timer = new TimerThread("toolstream-timer");
        return new Surroundings(
                publisher,
                onReply -> new KafkaReplyTail(settings, instanceId, publisher, timer, onReply),
                timer,
                InstantSource.system(),
                instanceId,
                timer::close);
    }
}
