package io.toolstream.it.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.RangeReader;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics stream, the replies and the dead letters say the same, to the last call, after a run in which workers and the
 * metrics app are killed while calls come in; and, in the long form, once more after all that the app knows was thrown away.
 *
 * <p>One kill of each in the build. The long form takes some three minutes for each of three seeds, with three kills of each:
 * {@code mvn test -pl services/it -am -Dtest=MetricsAgreeTest -Dtoolstream.guarantee=long}. The seed in the log, given as
 * {@code -Dtoolstream.seed}, repeats the choice of whom to kill, and when.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class MetricsAgreeTest {
    private static final Logger log = LoggerFactory.getLogger(MetricsAgreeTest.class);
    private static final boolean IS_LONG = "long".equals(System.getProperty("toolstream.guarantee"));
    private static final int KILLS = IS_LONG ? 3 : 1;
    private static final Duration SESSION = Duration.ofSeconds(2);
    private static final String APP = "guarantee-metrics";

    private final History history = new History();
    private final List<Program> apps = new ArrayList<>();

    static LongStream seeds() {
        Long given = Long.getLong("toolstream.seed");
        return given == null ? new SplittableRandom().longs(IS_LONG ? 3 : 1, 0, 1L << 40) : LongStream.of(given);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void counts_afterKillsDuringTraffic_agreeToTheLastCall(
            long seed, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        log.info("seed {}, logs in {}", seed, folder);
        SplittableRandom random = new SplittableRandom(seed);
        try (Scene scene = scene(folder, random.split())) {
            MetricsTraffic traffic = MetricsTraffic.start(scene.bootstrapServers(), history);
            try (traffic) {
                for (int kill = 0; kill < KILLS; kill++) {
                    kill(scene, folder, traffic, random);
                }
                app().awaitReady();
            }
            awaitAllAnswered(scene, traffic.sent());
            Set<String> deadLetters = deadLetters(scene);

            check(scene, 0, deadLetters);
            if (IS_LONG) {
                loseState(scene);
                long lostMillis = System.currentTimeMillis();
                startApp(scene.bootstrapServers(), folder);
                check(scene, lostMillis, deadLetters);
            }
        } finally {
            apps.forEach(Program::close);
        }
    }

    private Scene scene(Path folder, SplittableRandom random) throws Exception {
        Consumer<String> app = bootstrapServers -> startApp(bootstrapServers, folder);
        if (!IS_LONG) {
            return Scene.soonMissed(folder, history, SESSION, app);
        }
        Scene scene = new Scene(folder, history, random);
        app.accept(scene.bootstrapServers());
        return scene;
    }

    /** Both while they have calls in hand: what comes in does not wait for them. */
    private void kill(Scene scene, Path folder, MetricsTraffic traffic, SplittableRandom random) {
        app().awaitReady();
        awaitThatItCounts(scene);
        int index = random.nextInt(scene.workers());
        Program worker = scene.worker(index).awaitReady();
        int before = traffic.sent();
        Pause.of(Duration.ofMillis(random.nextLong(500, 1_500)));
        worker.kill();
        log.info("worker killed after {} calls, {} of them unanswered", traffic.sent(), history.unanswered());
        if (IS_LONG) {
            scene.replace(index);
        }
        Pause.of(Duration.ofMillis(random.nextLong(100, 800)));
        await("calls came in").until(() -> traffic.sent() > before);
        app().kill();
        log.info("app killed after {} calls, {} of them unanswered", traffic.sent(), history.unanswered());
        int after = traffic.sent();
        startApp(scene.bootstrapServers(), folder);
        await().until(() -> traffic.sent() > after);
    }

    /** It has committed something: what is killed before would leave nothing behind. */
    private static void awaitThatItCounts(Scene scene) {
        Map<Integer, Long> before = scene.cluster().committed(APP);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !scene.cluster().committed(APP).equals(before));
    }

    private void awaitAllAnswered(Scene scene, int sent) {
        await().atMost(Duration.ofMinutes(3)).until(() -> history.calls().size() == sent && history.unanswered() == 0);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(scene.committed())
                        .isEqualTo(scene.cluster().ends(Scene.TOPICS.calls(), WorkerProgram.PARTITIONS)));
        assertThat(scene.seesAllReplies()).isTrue();
    }

    private void loseState(Scene scene) {
        app().terminate();
        log.info("{}", app().output().lines().reduce("", (before, last) -> last));
        scene.cluster().forget(APP);
    }

    private Program app() {
        return apps.get(apps.size() - 1);
    }

    private void startApp(String bootstrapServers, Path folder) {
        Path log = folder.resolve("metrics-" + apps.size() + ".log");
        List<String> options = IS_LONG ? List.of() : List.of(WorkerProgram.sessionOption(SESSION));
        apps.add(Program.start(log, options, MetricsProgram.class, bootstrapServers, Scene.TOPICS.prefix()));
    }

    private void check(Scene scene, long sinceMillis, Set<String> deadLetters) {
        int calls = history.calls().size();
        Map<Status, Long> told = new EnumMap<>(Status.class);
        long ambiguous = 0;
        for (SentCall call : history.calls()) {
            List<SeenReply> replies = history.repliesTo(call.id());
            Set<Status> statuses = replies.stream().map(SeenReply::status).collect(Collectors.toSet());
            ambiguous += statuses.size() > 1 ? 1 : 0;
            told.merge(replies.get(0).status(), 1L, Long::sum);
        }
        // A call may be answered again after a crash, and otherwise: nobody knows which of the two was told of.
        assertThat(ambiguous).isLessThanOrEqualTo(history.allReplies().size() - calls);
        long slack = ambiguous;
        try (StreamCounts stream = new StreamCounts(scene.bootstrapServers(), sinceMillis)) {
            for (WindowLength length : WindowLength.values()) {
                for (MetricsScope.Kind kind : MetricsScope.Kind.values()) {
                    await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                        CallFigures sum = stream.sum(length, kind);
                        assertThat(sum.calls()).as("%s %s", length, kind).isEqualTo(calls);
                    });
                    CallFigures sum = stream.sum(length, kind);
                    for (Status status : Status.values()) {
                        assertThat(Math.abs(sum.of(status) - told.getOrDefault(status, 0L)))
                                .as("%s %s %s", length, kind, status)
                                .isLessThanOrEqualTo(slack);
                    }
                    assertThat(sum.of(Count.REPLIED)).isEqualTo(calls);
                    assertThat(Math.abs(sum.of(Count.DEAD_LETTERS) - deadLetters.size()))
                            .as("%s %s dead letters", length, kind)
                            .isLessThanOrEqualTo(slack);
                    assertThat(sum.total().count()).isEqualTo(calls);
                }
            }
            if (IS_LONG) {
                await().atMost(Duration.ofMinutes(2)).until(stream::areAllFinal);
            }
        }
        log.info(
                "{} calls {}, {} dead letters, {} replies in all, {} calls answered in two ways",
                calls,
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
}
