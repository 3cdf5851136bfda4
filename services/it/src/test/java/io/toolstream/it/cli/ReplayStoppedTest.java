package io.toolstream.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.client.deadletters.DeadLetters;
import io.toolstream.client.deadletters.DeadLettersException;
import io.toolstream.client.deadletters.LetterFilter;
import io.toolstream.client.deadletters.ReplayListener;
import io.toolstream.client.deadletters.ReplayOrder;
import io.toolstream.client.deadletters.ReplayReport;
import io.toolstream.client.deadletters.ReplayReport.Ending;
import io.toolstream.client.deadletters.Verdict;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.ReplayEntry.Planned;
import io.toolstream.wire.TopicNames;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replays that are held up on the way: by a topic that goes, or by an interrupt at any moment. */
@ExtendWith(SharedBroker.class)
final class ReplayStoppedTest {
    private static final ReplayListener SILENT = (sent, planned) -> {};
    private static final ReplayOrder ALL =
            ReplayOrder.of(LetterFilter.OPEN, "test").confirmed().withCanary(0).atMostPerSecond(1_000);

    @Test
    void replay_whoseTopicIsDeletedOnTheWay_sendsTheOthersAndEnds(TestCluster cluster) {
        TopicNames names = KeptLetters.topics(cluster);
        String gone = TestCluster.fresh("team.calls");
        cluster.makeTopic(gone, KeptLetters.PARTITIONS);
        KeptLetters.keep(cluster, names, List.of(names.calls(), gone), 60);
        Map<String, String> impatient = Map.of("request.timeout.ms", "2000", "delivery.timeout.ms", "3000");
        KafkaConnection kafka = new KafkaConnection(cluster.connection().bootstrapServers(), "impatient", impatient);
        ReplayListener deleting = (sent, planned) -> {
            if (sent == 20) {
                cluster.deleteTopic(gone);
            }
        };

        try (DeadLetters letters = DeadLetters.open(kafka, names)) {
            ReplayReport report = letters.replay(ALL, deleting);
            for (int i = 0; i < 20 && report.canBeResumed(); i++) {
                report = letters.resume(report.plan(), topic -> true, SILENT); // on a machine that takes its time
            }

            assertThat(report.end().ending()).as("%s", report).isEqualTo(Ending.SOME_REFUSED);
            assertThat(report.refused()).hasSize(1);
            assertThat(report.refused().get(0).why()).startsWith("there is no topic " + gone);
            assertThat(report.leftOut().get(Verdict.CANNOT_BE_SENT)).isBetween(1L, 30L);
            assertThat(letters.unfinished()).isEmpty();
        }
        assertThat(KeptLetters.timesSent(cluster, names)).hasSize(30).values().containsOnly(1);
    }

    @Test
    void replay_interruptedAtAnyMoment_saysSoAndIsGoneOnWith(TestCluster cluster) throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        TopicNames names = KeptLetters.topics(cluster);
        KeptLetters.keep(cluster, names, 600);

        for (int i = 0; i < 5; i++) {
            AtomicReference<Throwable> failed = new AtomicReference<>();
            Thread thread = new Thread(() -> replayOrGoOn(cluster, names), "replay");
            thread.setUncaughtExceptionHandler((ended, failure) -> failed.set(failure));
            thread.start();
            thread.join(1 + random.nextInt(600));
            thread.interrupt();
            thread.join();
            assertThat(failed.get())
                    .as("seed %d", seed)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            said -> assertThat(said)
                                    .isInstanceOfAny(DeadLettersException.class, BrokerUnavailableException.class));
        }

        try (DeadLetters letters = DeadLetters.open(cluster.connection(), names)) {
            for (Planned plan : letters.unfinished()) {
                assertThat(letters.resume(plan.plan(), topic -> true, SILENT).stoppedBecause())
                        .isNull();
            }
            letters.replay(ALL, SILENT); // where none was begun
        }
        assertThat(KeptLetters.timesSent(cluster, names))
                .as("seed %d", seed)
                .hasSize(600)
                .values()
                .containsOnly(1);
    }

    private static void replayOrGoOn(TestCluster cluster, TopicNames names) {
        try (DeadLetters letters = DeadLetters.open(cluster.connection(), names)) {
            List<Planned> unfinished = letters.unfinished();
            if (unfinished.isEmpty()) {
                letters.replay(ALL, SILENT);
            } else {
                letters.resume(unfinished.get(0).plan(), topic -> true, SILENT);
            }
        }
    }
}
