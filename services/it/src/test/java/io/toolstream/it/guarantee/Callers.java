package io.toolstream.it.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.settings.Effect;
import io.toolstream.wire.Murmur2;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Who sends calls of all kinds, at a steady pace, on a thread of its own. What the broker acknowledges is accepted. */
final class Callers implements AutoCloseable {
    private static final int ORDERING_KEYS = 20;
    private static final List<Effect> EFFECTS = List.of(Effect.values());

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final SplittableRandom random;
    private final History history;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;
    private volatile boolean isStopped;

    Callers(String bootstrapServers, History history, SplittableRandom random, int atMost, int perSecond) {
        this.history = history;
        this.random = random;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.thread = new Thread(() -> run(atMost, perSecond), "callers");
        thread.start();
    }

    private void run(int atMost, int perSecond) {
        long beganNanos = System.nanoTime();
        for (int i = 0; i < atMost && !isStopped; i++) {
            send(i);
            long dueNanos = beganNanos + TimeUnit.SECONDS.toNanos(1) * (i + 1) / perSecond;
            Pause.of(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
        }
    }

    private void send(int number) {
        Effect effect = EFFECTS.get(random.nextInt(EFFECTS.size()));
        boolean isKeyed = effect == Effect.ONCE && random.nextInt(3) == 0;
        // Some calls with a key are the call before once more, sent by a caller who has lost patience.
        int token = isKeyed && random.nextInt(4) == 0 ? Math.max(0, number - number % 10) : number;
        if (isKeyed && (token != number || number % 10 == 0)) {
            send(number, effect, "token-k" + token, "key-" + token, null);
        } else if (random.nextInt(3) == 0) {
            send(number, effect, "token-" + number, null, "order-" + random.nextInt(ORDERING_KEYS));
        } else {
            send(number, effect, "token-" + number, null, null);
        }
    }

    private void send(
            int number, Effect effect, String token, @Nullable String idempotencyKey, @Nullable String orderingKey) {
        String id = "call-" + number;
        String key = orderingKey == null ? idempotencyKey : orderingKey;
        boolean isAtHome = key == null || random.nextInt(10) > 0;
        int partition = key == null || !isAtHome
                ? random.nextInt(WorkerProgram.PARTITIONS)
                : Murmur2.partition(key.getBytes(UTF_8), WorkerProgram.PARTITIONS);
        SentCall.Place unknown = new SentCall.Place(partition, 0);
        byte[] value = new SentCall(id, effect, token, orderingKey, unknown, isAtHome).value();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Scene.TOPICS.calls(), partition, null, value);
        header(record, "idempotency-key", idempotencyKey);
        header(record, "ordering-key", orderingKey);
        sent.incrementAndGet();
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                SentCall.Place place = new SentCall.Place(partition, metadata.offset());
                history.sent(new SentCall(id, effect, token, orderingKey, place, isAtHome));
            }
            ended.incrementAndGet();
        });
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, @Nullable String value) {
        if (value != null) {
            record.headers().add(name, value.getBytes(UTF_8));
        }
    }

    int sent() {
        return sent.get();
    }

    /** Waits until all is sent, and acknowledged or refused. */
    void finish() throws Exception {
        thread.join();
        producer.flush();
    }

    void stop() {
        isStopped = true;
    }

    @Override
    public void close() {
        isStopped = true;
        producer.close(Duration.ofSeconds(5));
    }
}
