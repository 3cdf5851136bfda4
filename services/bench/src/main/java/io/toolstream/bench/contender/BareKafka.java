package io.toolstream.bench.contender;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plain Kafka clients of the floor and the peer, set as the line's own are where it matters for latency. */
final class BareKafka {
    private final Route route;

    BareKafka(Route route) {
        this.route = route;
    }

    Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = new HashMap<>(Map.of("acks", "all", "linger.ms", "0"));
        properties.putAll(route.clientProperties());
        properties.put("bootstrap.servers", route.bootstrapServers());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Without a group. */
    Consumer<byte[], byte[]> tail() {
        return consumer(Map.of("enable.auto.commit", "false", "auto.offset.reset", "latest"));
    }

    /** In a group named as the calls topic; commits by itself. */
    Consumer<byte[], byte[]> member() {
        return consumer(Map.of("group.id", route.calls(), "auto.offset.reset", "earliest"));
    }

    private Consumer<byte[], byte[]> consumer(Map<String, String> own) {
        Map<String, Object> properties = new HashMap<>(own);
        properties.putAll(route.clientProperties());
        properties.put("bootstrap.servers", route.bootstrapServers());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
