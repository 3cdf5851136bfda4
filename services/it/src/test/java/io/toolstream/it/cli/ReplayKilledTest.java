package io.toolstream.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.cli.Toolstream;
import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.ReplayOrder;
import io.toolstream.client.deadletters.Verdict;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Replays of thousands of dead letters whose processes are killed on the way: in the end each call was sent once. */
@ExtendWith(SharedBroker.class)
final class ReplayKilledTest {
    private static final int LETTERS = Integer.getInteger("toolstream.letters", 2_000);

    /** So that a kill comes in the middle, however late it comes. */
    private static final String RATE = Integer.toString(LETTERS / 2);

    private static final int KILLS = Integer.getInteger("toolstream.kills", 2);

    @TempDir
    Path folder;

    @Test
    void replay_killedAndResumed_sendsEachCallOnce(TestCluster cluster) throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        TopicNames names = KeptLetters.topics(cluster);
        KeptLetters.keep(cluster, names, LETTERS);

        try (DeadLetters letters = DeadLetters.open(cluster.connection(), names)) {
            assertAgreesWithARecount(cluster, names, letters);
            String plan = "";
            for (int kill = 0; kill < KILLS; kill++) {
                long enough = sent(cluster, names) + 1 + random.nextInt(LETTERS / (KILLS + 1) / 2);
                Process process = plan.isEmpty()
                        ? replay(cluster, names, "--all", "--confirm", "--canary", "0", "--rate", RATE)
                        : replay(cluster, names, "--resume", plan);
                await().atMost(Duration.ofMinutes(2))
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

            Map<String, Integer> sent = KeptLetters.timesSent(cluster, names);
            assertThat(sent).as("seed %d", seed).hasSize(LETTERS);
            assertThat(sent.values()).as("seed %d", seed).containsOnly(1);
            assertThat(letters.each(LetterFilter.OPEN, letter -> {})).isZero();
        }
    }

    /** Groups and dry run, against what the records' headers and values say to somebody who reads them as text. */
    private static void assertAgreesWithARecount(TestCluster cluster, TopicNames names, DeadLetters letters) {
        Map<String, Long> recount = new TreeMap<>();
        RangeReader.readAll(cluster.connection(), names.deadLetters(), record -> {
            String code = record.headers().lastText("toolstream-error-code").orElse("");
            if (code.isEmpty()) {
                return; // what others keep there, and tombstones
            }
            String value = new String(Objects.requireNonNull(record.value()), UTF_8);
            String tool = value.replaceAll(".*\"tool\":\"(\\w+)\".*", "$1");
            recount.merge(code + " " + tool, 1L, Long::sum);
        });
        Map<String, Long> grouped = new TreeMap<>();
        letters.groups(LetterFilter.OPEN)
                .forEach(group -> group.tools()
                        .forEach((tool, count) -> grouped.merge(group.code() + " " + tool, count, Long::sum)));
        assertThat(grouped).hasSize(4).isEqualTo(recount);
        recount.forEach((cause, count) -> {
            String[] words = cause.split(" ", -1);
            LetterFilter filter = LetterFilter.OPEN.code(words[0]).tool(words[1]);
            ReplayOrder order = ReplayOrder.of(filter, "test").confirmed();
            assertThat(letters.preview(order).counts()).isEqualTo(Map.of(Verdict.SENT_AGAIN, count));
        });
    }

    @Test
    void replay_startedTwiceAtOnce_sendsEachCallOnce(TestCluster cluster) throws Exception {
        TopicNames names = KeptLetters.topics(cluster);
        KeptLetters.keep(cluster, names, 600);
        CyclicBarrier together = new CyclicBarrier(3);
        List<CompletableFuture<Long>> sent = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> replayed(cluster, names, together), task -> new Thread(task).start()))
                .limit(3)
                .toList();

        long all = 0;
        for (CompletableFuture<Long> one : sent) {
            all += one.get(60, TimeUnit.SECONDS);
        }

        assertThat(all).isEqualTo(600);
        assertThat(KeptLetters.timesSent(cluster, names)).hasSize(600).values().containsOnly(1);
    }

    private static long replayed(TestCluster cluster, TopicNames names, CyclicBarrier together) {
        try (DeadLetters letters = DeadLetters.open(cluster.connection(), names)) {
            together.await(30, TimeUnit.SECONDS);
            ReplayOrder order = ReplayOrder.of(LetterFilter.OPEN, "test")
                    .confirmed()
                    .withCanary(0)
                    .atMostPerSecond(1_000);
            return letters.replay(order, (number, planned) -> {}).sent();
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static long sent(TestCluster cluster, TopicNames names) {
        return cluster.ends(names.calls(), KeptLetters.PARTITIONS).values().stream()
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
}
