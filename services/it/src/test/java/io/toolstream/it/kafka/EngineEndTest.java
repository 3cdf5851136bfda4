package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.GroupProtocol;
import io.toolstream.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How engines end: by failures, by settings, without a broker. */
final class EngineEndTest extends OnEngines {
    EngineEndTest(TestCluster cluster) {
        super(cluster);
    }

    @Test
    void handlerFails_engineEnds_offsetStaysBelow_andTheGroupGoesOnAtOnce() {
        // Given a handler that fails at one record, with everything else done
        String topic = cluster.topic(1);
        cluster.produce(topic, 1, 0, 100);
        ConsumerEngine failing = engines.start(
                Engines.settings(engines.group, topic, 1_000, GroupProtocol.CLASSIC), Map.of(), (record, lease) -> {
                    int value = Engines.value(record);
                    return value == 42
                            ? CompletableFuture.failedFuture(new IllegalStateException("bug"))
                            : CompletableFuture.completedFuture(null);
                });

        // Then it ends with that failure
        assertThatThrownBy(() -> failing.terminated().get(60, TimeUnit.SECONDS))
                .hasRootCauseMessage("bug")
                .hasMessageContaining(topic + "-0@42");
        assertThat(cluster.committed(engines.group)).isEqualTo(Map.of(0, 42L));
        assertThat(failing.close(Duration.ofSeconds(1))).isFalse();

        // And the next member need not wait for a session to time out
        engines.start(
                Engines.settings(engines.group, topic, 1_000, GroupProtocol.CLASSIC), Map.of(), engines::doneAtOnce);
        await().atMost(Duration.ofSeconds(60)).until(() -> engines.seen.size() == 58);
        assertThat(engines.seen).startsWith(42);
    }

    @Test
    void start_withSettingsThatMakeNoSense_failsAtOnce() {
        assertThatThrownBy(() -> ConsumerEngine.start(
                        new KafkaConnection("nonsense", "test", Map.of()),
                        Engines.settings(engines.group, "calls", 1, GroupProtocol.CLASSIC),
                        engines::doneAtOnce))
                .hasStackTraceContaining("bootstrap.servers");
    }

    @Test
    void close_withoutABroker_isBounded() {
        ConsumerEngine engine = ConsumerEngine.start(
                new KafkaConnection("127.0.0.1:1", "test", Map.of()),
                Engines.settings(engines.group, "calls", 1, GroupProtocol.CLASSIC),
                engines::doneAtOnce);
        long began = System.nanoTime();
        engine.close(Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
        assertThat(engine.terminated()).isCompleted();
        assertThat(engine.assigned()).isCompletedExceptionally();
    }
}
