package io.toolstream.it.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.settings.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Calls at a steady pace until it is ended, on a thread of its own: of tools that may and that may not run twice, and some that are refused. */
final class MetricsTraffic implements AutoCloseable {
    private static final List<Effect> EFFECTS = List.of(Effect.values());
    private static final int PER_SECOND = 150;
    private static final int REFUSED = 20; // one of so many

    private final Thread sender = new Thread(this::send, "sender");
    private final String bootstrapServers;
    private final History history;
    private volatile boolean isOver;
    private volatile int sent;

    private MetricsTraffic(String bootstrapServers, History history) {
        this.bootstrapServers = bootstrapServers;
        this.history = history;
    }

    static MetricsTraffic start(String bootstrapServers, History history) {
        MetricsTraffic traffic = new MetricsTraffic(bootstrapServers, history);
        traffic.sender.start();
        return traffic;
    }

    /** Calls so far, acknowledged or not. */
    int sent() {
        return sent;
    }

    /** Ends it; the brokers have all of it then. */
    @Override
    public void close() {
        isOver = true;
        try {
            sender.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void send() {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            long beganNanos = System.nanoTime();
            for (int number = 0; !isOver; number++) {
                send(producer, number);
                sent = number + 1;
                long dueNanos = beganNanos + TimeUnit.SECONDS.toNanos(number + 1L) / PER_SECOND;
                Pause.of(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int number) {
        Effect effect = EFFECTS.get(number % EFFECTS.size());
        int partition = number % WorkerProgram.PARTITIONS;
        SentCall call =
                new SentCall("call-" + number, effect, "token-" + number, null, new SentCall.Place(partition, 0), true);
        byte[] value = number % REFUSED == 0
                ? new String(call.value(), UTF_8)
                        .replace(call.tool(), "no-such-tool")
                        .getBytes(UTF_8)
                : call.value();
        var unused =
                producer.send(new ProducerRecord<>(Scene.TOPICS.calls(), partition, null, value), (place, failure) -> {
                    if (failure == null) {
                        history.sent(call);
                    }
                });
    }
}
