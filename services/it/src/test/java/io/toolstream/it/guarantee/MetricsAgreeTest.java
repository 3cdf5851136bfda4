package io.toolstream.it.guarantee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.RangeReader;
import io.toolstream.settings.Effect;
import io.toolstream.wire.CallFigures;
import io.toolstream.wire.CallFigures.Count;
import io.toolstream.wire.DeadLetter;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.Status;
import io.toolstream.wire.WindowLength;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics stream, the replies and the dead letters say the same, to the last call, after a run in which workers and the
 * metrics app are killed; and once more after all that the app knows was thrown away. A minute or two:
 * {@code mvn test -pl services/it -am -Dtest=MetricsAgreeTest -Dtoolstream.guarantee=long}. A short form without processes
 * is {@code MetricsStreamTest}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = "toolstream.guarantee", matches = "long")
class MetricsAgreeTest {
    private static final List<Effect> EFFECTS = List.of(Effect.values());
    private static final Logger log = LoggerFactory.getLogger(MetricsAgreeTest.class);
    private static final long SEED = Long.getLong("toolstream.seed", System.nanoTime());
    private static final int CALLS = 4_000;
    private static final int PER_SECOND = 100;

    private final History history = new History();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Program> apps = new ArrayList<>();

    @Test
    void counts_afterKillsAndAfterLossOfState_agreeToTheLastCall(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        log.info("seed {}, logs in {}", SEED, folder);
        try (Scene scene = new Scene(folder, history, random.split())) {
            startApp(scene, folder).awaitReady();
            Thread sender = new Thread(() -> send(scene.bootstrapServers()), "sender");
            sender.start();
            for (int round = 0; round < 3; round++) {
                Pause.of(Duration.ofSeconds(5));
                killAWorker(scene);
                Pause.of(Duration.ofSeconds(3));
                apps.get(apps.size() - 1).kill();
                startApp(scene, folder).awaitReady();
            }
            sender.join();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> history.calls().size() == CALLS && history.unanswered() == 0);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(scene.committed())
                            .isEqualTo(scene.cluster().ends(Scene.TOPICS.calls(), WorkerProgram.PARTITIONS)));
            assertThat(scene.seesAllReplies()).isTrue();
            Set<String> deadLetters = deadLetters(scene);

            check(scene, 0, deadLetters);

            apps.get(apps.size() - 1).terminate();
            log.info("{}", apps.get(apps.size() - 1).output().lines().reduce("", (before, last) -> last));
            scene.cluster().forget("toolstream-metrics");
            long wipedMillis = System.currentTimeMillis();
            startApp(scene, folder).awaitReady();

            check(scene, wipedMillis, deadLetters);
        } finally {
            apps.forEach(Program::close);
        }
    }

    private Program startApp(Scene scene, Path folder) {
        Program app = Program.start(
                folder.resolve("metrics-" + apps.size() + ".log"),
                MetricsProgram.class,
                scene.bootstrapServers(),
                Scene.TOPICS.prefix());
        apps.add(app);
        return app;
    }

    private void killAWorker(Scene scene) {
        int index = random.nextInt(scene.workers());
        scene.worker(index).kill();
        history.crashed(new Crash(Set.of(scene.workerId(index)), scene.committed(), scene.ends()));
        scene.replace(index).awaitReady();
    }

    private void check(Scene scene, long sinceMillis, Set<String> deadLetters) {
        Map<Status, Long> told = new EnumMap<>(Status.class);
        long ambiguous = 0;
        for (SentCall call : history.calls()) {
            List<SeenReply> replies = history.repliesTo(call.id());
            Set<Status> statuses = replies.stream().map(SeenReply::status).collect(Collectors.toSet());
            ambiguous += statuses.size() > 1 ? 1 : 0;
            told.merge(replies.get(0).status(), 1L, Long::sum);
        }
        // A call may be answered again after a crash, and otherwise: nobody knows which of the two was told of.
        assertThat(ambiguous).isLessThanOrEqualTo(history.allReplies().size() - CALLS);
        long slack = ambiguous;
        try (StreamCounts stream = new StreamCounts(scene.bootstrapServers(), sinceMillis)) {
            for (WindowLength length : WindowLength.values()) {
                for (MetricsScope.Kind kind : MetricsScope.Kind.values()) {
                    await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                        CallFigures sum = stream.sum(length, kind);
                        assertThat(sum.calls()).as("%s %s", length, kind).isEqualTo(CALLS);
                    });
                    CallFigures sum = stream.sum(length, kind);
                    for (Status status : Status.values()) {
                        assertThat(Math.abs(sum.of(status) - told.getOrDefault(status, 0L)))
                                .as("%s %s %s", length, kind, status)
                                .isLessThanOrEqualTo(slack);
                    }
                    assertThat(sum.of(Count.REPLIED)).isEqualTo(CALLS);
                    assertThat(sum.of(Count.DEAD_LETTERS)).isEqualTo(deadLetters.size());
                    assertThat(sum.total().count()).isEqualTo(CALLS);
                }
            }
            await().atMost(Duration.ofSeconds(60)).until(stream::areAllFinal);
        }
        log.info(
                "{} calls {}, {} dead letters, {} replies in all, {} calls answered in two ways",
                CALLS,
                told,
                deadLetters.size(),
                history.allReplies().size(),
                ambiguous);
    }

    /** Calls, by where they stood, of which there is at least one. */
    private static Set<String> deadLetters(Scene scene) {
        Set<String> calls = new HashSet<>();
        DeadLetterCodec codec = new DeadLetterCodec();
        RangeReader.readAll(scene.cluster().connection(), Scene.TOPICS.deadLetters(), record -> {
            DeadLetter letter = ((Decoded.WellFormed<DeadLetter>) codec.decode(record)).value();
            calls.add(letter.original().position().toString());
        });
        return calls;
    }

    /** Calls of tools that may and that may not run twice, and some that are refused. */
    private void send(String bootstrapServers) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            long beganNanos = System.nanoTime();
            for (int number = 0; number < CALLS; number++) {
                send(producer, number);
                long dueNanos = beganNanos + TimeUnit.SECONDS.toNanos(1) * (number + 1) / PER_SECOND;
                Pause.of(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int number) {
        Effect effect = EFFECTS.get(number % EFFECTS.size());
        int partition = number % WorkerProgram.PARTITIONS;
        SentCall call =
                new SentCall("call-" + number, effect, "token-" + number, null, new SentCall.Place(partition, 0), true);
        byte[] value = number % 20 == 0
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
