package io.toolstream.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.cli.Toolstream;
import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.LetterGroup;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.DeadLetterCause;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Replays of thousands of dead letters whose processes are killed on the way: in the end each call was sent once. */
@ExtendWith(SharedBroker.class)
final class ReplayKilledTest {
    private static final int PARTITIONS = 3;
    private static final int LETTERS = Integer.getInteger("toolstream.letters", 3_000);
    private static final int KILLS = Integer.getInteger("toolstream.kills", 2);

    @TempDir
    Path folder;

    @Test
    void replay_killedAndResumed_sendsEachCallOnce(TestCluster cluster) throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        TopicNames names = new TopicNames(TestCluster.fresh("replay") + ".");
        List.of(names.calls(), names.deadLetters(), names.replays(), names.events(), names.catalogue())
                .forEach(topic -> cluster.makeTopic(topic, PARTITIONS));
        keep(cluster, names);

        try (DeadLetters letters = DeadLetters.open(cluster.connection(), names)) {
            assertThat(letters.groups(LetterFilter.OPEN).stream().mapToLong(LetterGroup::count))
                    .containsExactly((long) LETTERS);
            String plan = "";
            for (int kill = 0; kill < KILLS; kill++) {
                long enough = sent(cluster, names) + 1 + random.nextInt(LETTERS / (KILLS + 1) / 2);
                Process process = plan.isEmpty()
                        ? replay(cluster, names, "--all", "--confirm", "--canary", "0", "--rate", "100000")
                        : replay(cluster, names, "--resume", plan);
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> sent(cluster, names) >= enough || !process.isAlive());
                process.destroyForcibly().waitFor();
                assertThat(letters.unfinished())
                        .as("seed %d: %s", seed, output())
                        .hasSize(1);
                plan = letters.unfinished().get(0).plan();
            }
            assertThat(sent(cluster, names)).isLessThan(LETTERS);

            assertThat(letters.resume(plan, topic -> true, (sent, planned) -> {})
                            .stoppedBecause())
                    .isNull();

            Map<String, Integer> sent = new HashMap<>();
            RangeReader.readAll(
                    cluster.connection(),
                    names.calls(),
                    record -> sent.merge(
                            record.headers().lastText(HeaderNames.REPLAY_OF).orElseThrow(), 1, Integer::sum));
            assertThat(sent).as("seed %d", seed).hasSize(LETTERS);
            assertThat(sent.values()).as("seed %d", seed).containsOnly(1);
            assertThat(letters.each(LetterFilter.OPEN, letter -> {})).isZero();
        }
    }

    private static long sent(TestCluster cluster, TopicNames names) {
        return cluster.ends(names.calls(), PARTITIONS).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Process replay(TestCluster cluster, TopicNames names, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Toolstream.class.getName(),
                "dead-letters",
                "replay",
                "--bootstrap",
                cluster.connection().bootstrapServers()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("TOOLSTREAM_TOPICS__PREFIX", names.prefix());
        return builder.start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    private static void keep(TestCluster cluster, TopicNames names) {
        DeadLetterCodec codec = new DeadLetterCodec();
        List<CompletableFuture<RecordPosition>> kept = new ArrayList<>();
        try (KafkaPublisher publisher = KafkaPublisher.bulk(cluster.connection())) {
            for (int i = 0; i < LETTERS; i++) {
                InboundRecord original = new InboundRecord(
                        new RecordPosition(names.calls(), i % PARTITIONS, i),
                        System.currentTimeMillis(),
                        null,
                        ("{\"server\":\"fs\",\"tool\":\"read\",\"arguments\":{\"n\":" + i + "}}").getBytes(UTF_8),
                        Headers.NONE);
                DeadLetterCause cause = new DeadLetterCause(
                        ErrorCode.CONNECT_FAILED, "cannot connect", 1, System.currentTimeMillis(), "workers");
                kept.add(publisher.publish(names.deadLetters(), i % PARTITIONS, codec.encode(original, cause)));
            }
            CompletableFuture.allOf(kept.toArray(CompletableFuture<?>[]::new)).join();
        }
    }
}
