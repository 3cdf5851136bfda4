package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.embedded.broker.BrokerSettings;
import io.toolstream.embedded.broker.EmbeddedBroker;
import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.GroupProtocol;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.kafka.StartAt;
import io.toolstream.wire.Headers;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker goes away for a while and comes back: everything goes on by itself, and nothing acknowledged is missing. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BrokerRestartTest {
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Integer> handled = ConcurrentHashMap.newKeySet();
    private final Set<Integer> tailed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Kind> failures = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void brokerRestarts_nothingAcknowledgedIsLost(GroupProtocol protocol, @TempDir Path directory) {
        // Given an engine, a publisher and a tail at work
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.at(directory));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (TestCluster cluster = new TestCluster(broker.bootstrapServers())) {
            String topic = cluster.topic(4);
            String group = TestCluster.fresh("group");
            try (ConsumerEngine engine =
                            Engines.start(cluster, Engines.settings(group, topic, 100, protocol), (record, lease) -> {
                                handled.add(Engines.value(record));
                                return CompletableFuture.completedFuture(null);
                            });
                    PartitionTail tail = PartitionTail.start(
                            cluster.connection(),
                            topic,
                            StartAt.BEGINNING,
                            Duration.ofMillis(100),
                            record -> tailed.add(Engines.value(record)));
                    KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection())) {
                publisher.warmUp(List.of(topic)).join();
                ScheduledFuture<?> publishing =
                        clock.scheduleAtFixedRate(() -> publishNext(publisher, topic), 0, 5, TimeUnit.MILLISECONDS);
                await().until(() -> handled.size() > 200);
                await().untilAsserted(() -> assertThat(tail.lagNanos())
                        .isLessThan(Duration.ofSeconds(1).toNanos()));

                // When the broker is away for two seconds
                broker.close();
                await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
                assertThat(tail.lagNanos())
                        .isGreaterThan(Duration.ofMillis(1_500).toNanos());
                broker = EmbeddedBroker.start(BrokerSettings.at(directory).withPort(broker.port()));
                int before = acknowledged.size();
                await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > before + 200);
                publishing.cancel(false);

                // Then all that was acknowledged arrives, and the offsets reach the ends
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    assertThat(acknowledged.size() + failures.size()).isEqualTo(next.get());
                    assertThat(handled).containsAll(acknowledged);
                    assertThat(tailed).containsAll(acknowledged);
                    assertThat(cluster.committed(group)).isEqualTo(cluster.ends(topic, 4));
                });
                assertThat(engine.terminated()).isNotDone();
                assertThat(tail.terminated()).isNotDone();
                await().untilAsserted(() -> assertThat(tail.lagNanos())
                        .isLessThan(Duration.ofSeconds(1).toNanos()));
                assertThat(engine.snapshot().trouble()).isNull();
                assertThat(failures).as("a slow start outlasts the patience").allMatch(Kind.TRANSIENT::equals);
                assertThat(engine.close(Duration.ofSeconds(30))).isTrue();
            }
        } finally {
            clock.shutdownNow();
            broker.close();
        }
    }

    private void publishNext(KafkaPublisher publisher, String topic) {
        int value = next.getAndIncrement();
        byte[] bytes = ByteBuffer.allocate(4).putInt(value).array();
        CompletableFuture<RecordPosition> sent =
                publisher.publish(topic, value % 4, new OutboundRecord(null, bytes, Headers.NONE));
        var unused = sent.whenComplete((at, failure) -> {
            if (failure == null) {
                acknowledged.add(value);
            } else {
                failures.add(((PublishException) failure).kind());
            }
        });
    }
}
