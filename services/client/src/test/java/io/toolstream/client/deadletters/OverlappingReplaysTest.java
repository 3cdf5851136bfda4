package io.toolstream.client.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.client.deadletters.Forgetful.Bug;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.ReplayEntry.Planned;
import io.toolstream.wire.TopicNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replays that mean the same letters and are under way at the same time. */
final class OverlappingReplaysTest {
    private static final TopicNames NAMES = TopicNames.DEFAULT;
    private static final int CALLS = 12;
    private static final ReplayListener SILENT = (sent, planned) -> {};
    private static final ReplayOrder ALL =
            ReplayOrder.of(LetterFilter.OPEN, "me").withCanary(0);

    private final FakeTopics topics =
            new FakeTopics(NAMES.calls(), NAMES.deadLetters(), NAMES.events(), NAMES.replays(), NAMES.catalogue());
    private final LetterTopics kept = new LetterTopics(topics);

    @BeforeEach
    void keepLetters() {
        kept.tool("read", "read");
        kept.keepMany("read", CALLS);
    }

    private DeadLetters open() {
        return open(Bug.NONE);
    }

    private DeadLetters open(Bug bug) {
        return new DeadLetters(new Replay.Surroundings(
                new Forgetful(topics, bug), NAMES, InstantSource.fixed(Instant.ofEpochMilli(5)), () -> 0, nanos -> {}));
    }

    @Test
    void replay_ofTheSameBegunAtAnyMoment_sendsNothing() {
        for (int moment = 0; moment <= CALLS; moment++) {
            OverlappingReplaysTest run = new OverlappingReplaysTest();
            run.keepLetters();
            run.beginAnotherAfter(moment);
        }
    }

    private void beginAnotherAfter(int moment) {
        AtomicBoolean isBegun = new AtomicBoolean();
        ReplayListener another = new ReplayListener() {
            @Override
            public void begun(String plan, long planned) {
                sent(0, planned);
            }

            @Override
            public void sent(long sent, long planned) {
                if (sent >= moment && isBegun.compareAndSet(false, true)) {
                    assertThat(open().preview(ALL).counts())
                            .isEqualTo(
                                    moment == 0
                                            ? Map.of(Verdict.IN_ANOTHER_REPLAY, (long) CALLS)
                                            : moment == CALLS
                                                    ? Map.of(Verdict.REPLAYED_BEFORE, (long) CALLS)
                                                    : Map.of(
                                                            Verdict.REPLAYED_BEFORE,
                                                            (long) moment,
                                                            Verdict.IN_ANOTHER_REPLAY,
                                                            (long) CALLS - moment));
                    assertThat(open().replay(ALL, SILENT).sent()).isZero();
                }
            }
        };

        assertThat(open().replay(ALL, another).sent()).isEqualTo(CALLS);
        assertSentOnce(CALLS);
        assertThat(open().unfinished()).isEmpty();
    }

    @Test
    void replay_ofOthers_isNotHeldUp() {
        kept.keep("read", ErrorCode.BREAKER_OPEN, "open", 5);
        ReplayOrder open =
                ReplayOrder.of(LetterFilter.OPEN.code("breaker-open"), "you").withCanary(0);
        ReplayOrder late =
                ReplayOrder.of(LetterFilter.OPEN.code("timed-out"), "me").withCanary(0);

        long sent = open().replay(late, (number, planned) -> {
                    if (number == 3) {
                        assertThat(open().replay(open, SILENT).sent()).isOne();
                    }
                })
                .sent();

        assertThat(sent).isEqualTo(CALLS);
        assertSentOnce(CALLS + 1);
    }

    @Test
    void replay_whatAnEarlierOneWouldNotSend_isSent() {
        kept.tool("pay", "once");
        kept.keep("pay", ErrorCode.TIMED_OUT, "no answer", 5);

        long sent = open().replay(ALL, (number, planned) -> {
                    if (number == 1) {
                        assertThat(open().replay(ALL.confirmed(), SILENT).sent())
                                .as("the first has no confirmation")
                                .isOne();
                    }
                })
                .sent();

        assertThat(sent).isEqualTo(CALLS);
        assertSentOnce(CALLS + 1);
    }

    /** Some are killed, and gone on with in any order. */
    @Test
    void replays_killedAndResumedInAnyOrder_sendEachCallOnce() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            OverlappingReplaysTest run = new OverlappingReplaysTest();
            run.keepLetters();
            run.killSome(random, Bug.NONE, "seed " + seed + ", round " + round);
        }
    }

    /** That the model can fail. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void replays_withABug_areFoundToSendACallTwice(Bug bug) {
        SplittableRandom random = new SplittableRandom(5);
        assertThatThrownBy(() -> {
                    for (int round = 0; round < 100; round++) {
                        OverlappingReplaysTest run = new OverlappingReplaysTest();
                        run.keepLetters();
                        run.killSome(random, bug, "with " + bug);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("with " + bug);
    }

    private void killSome(SplittableRandom random, Bug bug, String title) {
        for (int life = 0; life < 6; life++) {
            topics.dieAfter(random.nextInt(12));
            List<String> unfinished = names();
            try {
                if (unfinished.isEmpty() || random.nextBoolean()) {
                    open(bug).replay(random.nextBoolean() ? ALL : ALL.confirmed(), SILENT);
                } else {
                    String plan = unfinished.get(random.nextInt(unfinished.size()));
                    resume(plan, bug);
                }
            } catch (FakeTopics.Killed killed) {
                kept.keepMany("read", random.nextInt(2));
            }
        }
        topics.dieAfter(Integer.MAX_VALUE);
        List<String> left = names();
        for (int i = left.size() - 1; i >= 0; i--) {
            resume(left.get(i), bug);
        }
        open().replay(ALL, SILENT);

        Map<String, Long> sent = sent();
        assertThat(sent.values()).as(title).containsOnly(1L);
        assertThat(sent).as(title).hasSize(topics.all(NAMES.deadLetters()).size());
    }

    /** Who does not see plans cannot go on with one. */
    private void resume(String plan, Bug bug) {
        open(bug == Bug.PLANS_UNSEEN ? Bug.NONE : bug).resume(plan, topic -> true, SILENT);
    }

    private List<String> names() {
        return open().unfinished().stream().map(Planned::plan).toList();
    }

    private void assertSentOnce(int calls) {
        assertThat(sent())
                .hasSize(calls)
                .allSatisfy((letter, times) -> assertThat(times).isOne());
    }

    private Map<String, Long> sent() {
        return topics.all(NAMES.calls()).stream()
                .collect(Collectors.groupingBy(
                        record ->
                                record.headers().lastText(HeaderNames.REPLAY_OF).orElseThrow(),
                        Collectors.counting()));
    }
}
