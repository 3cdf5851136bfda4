package io.toolstream.it.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Calls of priority {@code batch} to the server {@code tools} at a steady pace, and every now and then an interactive one to the
 * server {@code well}; on a thread of its own. The ids begin with {@code out-} and {@code now-}.
 */
final class OutageLoad implements AutoCloseable {
    private static final int INTERACTIVE = 10;

    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final TopicNames topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;
    private volatile boolean isStopped;

    OutageLoad(String bootstrapServers, TopicNames topics, int perSecond) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.thread = new Thread(() -> run(perSecond), "outage-load");
        thread.start();
    }

    private void run(int perSecond) {
        long beganNanos = System.nanoTime();
        for (int number = 0; !isStopped; number++) {
            send("out-" + number, "tools", "batch");
            if (number % INTERACTIVE == 0) {
                send("now-" + number, "well", "interactive");
            }
            long dueNanos = beganNanos + TimeUnit.SECONDS.toNanos(1) * (number + 1) / perSecond;
            Pause.of(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
        }
    }

    private void send(String id, String server, String priority) {
        String value =
                "{\"id\":\"%s\",\"server\":\"%s\",\"tool\":\"get\",\"arguments\":{},\"priority\":\"%s\",\"timeoutMs\":600000}"
                        .formatted(id, server, priority);
        long nanos = System.nanoTime();
        var unused = producer.send(new ProducerRecord<>(topics.calls(), value.getBytes(UTF_8)), (metadata, failure) -> {
            if (failure == null) {
                accepted.put(id, nanos);
            }
        });
    }

    /** When each call was sent that the broker has acknowledged, by id. */
    Map<String, Long> accepted() {
        return accepted;
    }

    /** Ends when all that was sent is acknowledged. */
    void finish() throws InterruptedException {
        isStopped = true;
        thread.join();
        producer.flush();
    }

    @Override
    public void close() {
        isStopped = true;
        producer.close(Duration.ofSeconds(5));
    }
}
