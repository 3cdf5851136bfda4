package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.settings.LedgerSettings;
import io.toolstream.wire.EffectCodec;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.EffectEntry.Source;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.effects.EffectLedger;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a worker that takes a partition over needs to know its effects, before which no claim on it is judged, and how
 * much memory they take; with {@code -Dtoolstream.guarantee=long} only.
 */
@ExtendWith(SharedBroker.class)
@EnabledIfSystemProperty(named = "toolstream.guarantee", matches = "long")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LedgerRebuildTest {
    private static final Logger log = LoggerFactory.getLogger(LedgerRebuildTest.class);
    private static final int EFFECTS = 500_000;
    private static final long MOST_BYTES_EACH = 400;
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final RawJson RESULT = RawJson.ofText("{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}");

    @Test
    void aMillionRecords_areReadInSeconds(TestCluster cluster) {
        String topic = cluster.topic(1);
        write(cluster, topic);
        LedgerSettings settings = new LedgerSettings(Duration.ofHours(24), EFFECTS, 65_536);
        try (KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection());
                EffectLedger ledger =
                        EffectLedger.start(cluster.connection(), topic, publisher, settings, Clock.systemUTC())) {
            long heapBefore = usedHeap();
            long beganNanos = System.nanoTime();
            ledger.assigned(Map.of(0, -1L));
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ledger.size() == EFFECTS);
            Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);

            long bytesEach = (usedHeap() - heapBefore) / EFFECTS;
            log.info("{} records read in {}, {} bytes for each effect", 2 * EFFECTS, took, bytesEach);
            assertThat(took).isLessThan(Duration.ofSeconds(20));
            assertThat(bytesEach).isBetween(1L, MOST_BYTES_EACH);
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Claims with an idempotency key, each with what came of it. */
    private static void write(TestCluster cluster, String topic) {
        EffectCodec codec = new EffectCodec();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.connection().bootstrapServers(),
                        "linger.ms",
                        20,
                        "batch.size",
                        256 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < EFFECTS; i++) {
                String key = "#0/-/-/key/" + i;
                String claim = "90aa5c92-c744-461b-b782-fee0b362b085-" + i;
                Source source = new Source(i, System.currentTimeMillis(), true);
                send(producer, topic, codec.encode(new Claimed(key, claim, DIGEST, source, null)));
                send(producer, topic, codec.encode(new Concluded(key, claim, Status.OK, RESULT, null)));
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, OutboundRecord record) {
        var unused = producer.send(new ProducerRecord<>(topic, 0, record.key(), record.value()));
    }
}
