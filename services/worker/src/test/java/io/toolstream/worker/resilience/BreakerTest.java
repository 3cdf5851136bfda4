package io.toolstream.worker.resilience;

import static io.toolstream.worker.resilience.BreakerState.CLOSED;
import static io.toolstream.worker.resilience.BreakerState.HALF_OPEN;
import static io.toolstream.worker.resilience.BreakerState.OPEN;
import static io.toolstream.worker.resilience.BreakerVerdict.FAILURE;
import static io.toolstream.worker.resilience.BreakerVerdict.SUCCESS;
import static io.toolstream.worker.resilience.BreakerVerdict.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.BreakerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class BreakerTest {
    private static final Duration OPEN_FOR = Duration.ofSeconds(5);

    private final BreakerFixture it = new BreakerFixture(BreakerFixture.THREE_IN_30);

    @Test
    void breaker_thirdFailureWithinTheWindow_opens() {
        it.fail(2);
        assertThat(it.state()).isEqualTo(CLOSED);

        it.pass(Duration.ofSeconds(30));
        it.fail();

        assertThat(it.state()).isEqualTo(OPEN);
        assertThat(it.changes).hasSize(1);
        assertThat(it.changes.get(0).cause()).contains("3 failures within 30s").contains("as told");
    }

    @Test
    void breaker_thirdFailureOutsideOfTheWindow_staysClosed() {
        it.fail();
        it.pass(Duration.ofSeconds(15));
        it.fail();
        it.pass(Duration.ofSeconds(15).plusNanos(1));
        it.fail();

        assertThat(it.state()).isEqualTo(CLOSED);
    }

    @Test
    void breaker_successesInBetween_changeNothing() {
        it.fail();
        it.succeed();
        it.fail();
        it.succeed();
        it.fail();

        assertThat(it.changes).extracting(BreakerChange::to).startsWith(OPEN);
    }

    @Test
    void enter_whileOpen_isRefusedUntilItIsTime() {
        it.fail(3);
        it.pass(Duration.ofSeconds(2));

        Entry.Refused refused = it.refusal();
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(refused.state()).isEqualTo(OPEN);
        assertThat(it.refusals).isEqualTo(1);

        it.pass(Duration.ofSeconds(3));
        it.succeed();
        assertThat(it.state()).isEqualTo(CLOSED);
        assertThat(it.changes).extracting(BreakerChange::to).containsExactly(OPEN, HALF_OPEN, CLOSED);
    }

    @Test
    void enter_whileHalfOpen_letsNoMoreThroughThanAllowed() {
        BreakerFixture two = new BreakerFixture(BreakerFixture.settings(3, 2, 3));
        two.fail(3);
        two.pass(OPEN_FOR);

        Permit first = two.enter();
        Permit second = two.enter();
        assertThat(two.isRefused()).isTrue();
        BreakerFixture.end(first, SUCCESS);
        Permit third = two.enter();
        assertThat(two.isRefused()).isTrue();
        BreakerFixture.end(second, SUCCESS);
        assertThat(two.state()).isEqualTo(HALF_OPEN);
        BreakerFixture.end(third, SUCCESS);
        assertThat(two.state()).isEqualTo(CLOSED);
    }

    /** However many come at the very moment at which it half opens. */
    @Test
    void enter_byFiftyThreadsAtOnce_letsNoMoreThroughThanAllowed() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            for (int round = 0; round < 100; round++) {
                BreakerFixture three = halfOpenOfThree();
                Callable<Entry> enter = three.breaker::enter;
                int permits = 0;
                for (Future<Entry> entry : threads.invokeAll(Collections.nCopies(50, enter))) {
                    permits += entry.get() instanceof Permit ? 1 : 0;
                }
                assertThat(permits).isEqualTo(3);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void breaker_oneFailureWhileHalfOpen_opensAgain() {
        BreakerFixture three = new BreakerFixture(BreakerFixture.settings(3, 1, 3));
        three.fail(3);
        three.pass(OPEN_FOR);
        three.succeed();
        three.succeed();
        three.fail();

        assertThat(three.state()).isEqualTo(OPEN);
        assertThat(three.refusal().retryAfter()).isEqualTo(OPEN_FOR);
    }

    @Test
    void breaker_slowCalls_openIt() {
        BreakerFixture slow = new BreakerFixture(
                new BreakerSettings(3, Duration.ofSeconds(30), 50, 80, Duration.ofSeconds(1), 5, OPEN_FOR, 1, 1));
        for (int i = 0; i < 5; i++) {
            Permit permit = slow.enter();
            slow.pass(Duration.ofMillis(i == 0 ? 10 : 1_100));
            BreakerFixture.end(permit, SUCCESS);
        }

        assertThat(slow.state()).isEqualTo(OPEN);
        assertThat(slow.changes.get(0).cause()).contains("longer than 1s");
    }

    @Test
    void breaker_callsThatWaitedForUs_areNotSlow() {
        BreakerFixture slow = new BreakerFixture(
                new BreakerSettings(3, Duration.ofSeconds(30), 50, 80, Duration.ofSeconds(1), 5, OPEN_FOR, 1, 1));
        for (int i = 0; i < 10; i++) {
            Permit permit = slow.enter();
            slow.pass(Duration.ofSeconds(2));
            permit.end(SUCCESS, "ok", Duration.ofMillis(1_900));
        }

        assertThat(slow.state()).isEqualTo(CLOSED);
    }

    /** Case A of the reference: attempts that end with an Error, which the library would never count. */
    @Test
    void halfOpen_attemptsThatEndWithoutAVerdict_giveTheirPlaceBack() {
        BreakerFixture three = halfOpenOfThree();
        for (int i = 0; i < 10; i++) {
            List<Permit> permits = List.of(three.enter(), three.enter(), three.enter());
            permits.forEach(Permit::release);
        }

        assertThat(three.state()).isEqualTo(HALF_OPEN);
        assertThat(three.breaker.outstanding()).isZero();
    }

    /** Case B: attempts that never end at all. */
    @Test
    void halfOpen_attemptsThatNeverEnd_doNotWedgeIt() {
        BreakerFixture three = halfOpenOfThree();
        List<Permit> lost = List.of(three.enter(), three.enter(), three.enter());
        assertThat(three.isRefused()).isTrue();

        three.pass(Duration.ofSeconds(20).plusNanos(1));
        assertThat(three.isRefused()).isTrue();
        assertThat(three.state()).isEqualTo(OPEN);
        three.pass(OPEN_FOR);
        three.succeed();
        three.succeed();
        lost.forEach(permit -> BreakerFixture.end(permit, FAILURE));
        three.succeed();
        assertThat(three.state()).isEqualTo(CLOSED);
    }

    /** Case C: attempts from before it opened end without a verdict; the library would raise its limit by each. */
    @Test
    void halfOpen_lateReleases_letNobodyElseThrough() {
        lateEnds(BreakerVerdict.NEUTRAL);
    }

    /** Case D: they end well; the library would close. */
    @Test
    void halfOpen_lateSuccesses_doNotCloseIt() {
        lateEnds(SUCCESS);
    }

    @Test
    void halfOpen_lateFailures_doNotOpenIt() {
        lateEnds(FAILURE);
    }

    private static void lateEnds(BreakerVerdict verdict) {
        BreakerFixture three = new BreakerFixture(BreakerFixture.settings(3, 3, 3));
        List<Permit> old = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            old.add(three.enter());
        }
        three.fail(3);
        three.pass(OPEN_FOR);
        List<Permit> trying = List.of(three.enter(), three.enter(), three.enter());

        old.forEach(permit -> BreakerFixture.end(permit, verdict));

        assertThat(three.state()).isEqualTo(HALF_OPEN);
        assertThat(three.isRefused()).isTrue();
        trying.forEach(permit -> BreakerFixture.end(permit, SUCCESS));
        assertThat(three.state()).isEqualTo(CLOSED);
    }

    @Test
    void permit_endedTwice_countsOnce() {
        Permit permit = it.enter();
        for (int i = 0; i < 5; i++) {
            BreakerFixture.end(permit, FAILURE);
        }

        assertThat(it.state()).isEqualTo(CLOSED);
        assertThat(it.breaker.outstanding()).isZero();
    }

    @Test
    void probe_thatWasToSettleASuspicion_unanswered_opens() {
        it.probe(true, false);
        it.probe(false, true);

        assertThat(it.state()).isEqualTo(OPEN);
        assertThat(it.changes.get(0).cause()).contains("a probe was not answered");
    }

    @Test
    void probe_ofAServerThatKnowsNone_meansNothing() {
        for (int i = 0; i < 20; i++) {
            it.probe(false, true);
        }
        assertThat(it.state()).isEqualTo(CLOSED);
    }

    @Test
    void routineProbes_unanswered_countAsFailures() {
        it.probe(true, false);
        it.fail();
        it.probe(false, false);
        assertThat(it.state()).isEqualTo(CLOSED);
        it.probe(false, false);
        assertThat(it.state()).isEqualTo(OPEN);
    }

    @Test
    void probe_answeredAgain_closesWithoutTrafficAndBeforeTheTime() {
        it.probe(true, false);
        it.probe(false, true);
        assertThat(it.refusal().retryAfter()).isEqualTo(Duration.ofSeconds(1));

        it.pass(Duration.ofSeconds(1));
        it.probe(true, false);

        assertThat(it.changes).extracting(BreakerChange::to).containsExactly(OPEN, HALF_OPEN, CLOSED);
    }

    @Test
    void probe_answeredAllAlong_doesNotSpeakForCallsThatFail() {
        it.probe(true, false);
        it.fail(3);
        it.probe(true, false);
        assertThat(it.state()).isEqualTo(OPEN);
        assertThat(it.refusal().retryAfter()).isEqualTo(OPEN_FOR);

        it.pass(OPEN_FOR);
        Permit trying = it.enter();
        it.probe(true, false);
        assertThat(it.state()).isEqualTo(HALF_OPEN);
        BreakerFixture.end(trying, FAILURE);
        assertThat(it.state()).isEqualTo(OPEN);
    }

    @Test
    void probe_answeredAfterConnectionsFailed_speaksForThem() {
        for (int i = 0; i < 3; i++) {
            BreakerFixture.end(it.enter(), UNREACHABLE);
        }
        it.probe(true, false);

        assertThat(it.state()).isEqualTo(CLOSED);
    }

    @Test
    void probes_thatGoOnFailing_keepItOpen_soThatNoCallIsRisked() {
        it.probe(true, false);
        it.probe(false, true);
        for (int i = 0; i < 20; i++) {
            it.pass(Duration.ofSeconds(1));
            assertThat(it.isRefused()).isTrue();
            it.probe(false, false);
        }
        assertThat(it.refusals).isEqualTo(20);

        // Nobody probes any more: it looks for itself.
        it.pass(Duration.ofSeconds(5));
        assertThat(it.isRefused()).isFalse();
    }

    private static BreakerFixture halfOpenOfThree() {
        BreakerFixture three = new BreakerFixture(BreakerFixture.settings(3, 3, 3));
        three.fail(3);
        three.pass(OPEN_FOR);
        return three;
    }
}
