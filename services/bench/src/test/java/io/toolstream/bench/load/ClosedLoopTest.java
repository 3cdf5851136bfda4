package io.toolstream.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
    private static final Extent TEN_CALLS = new Extent(10, Duration.ZERO);

    private final ManualClock clock = new ManualClock();

    @Test
    void drive_measuresWhatTheTargetTakes() throws Exception {
        FakeTarget target = FakeTarget.answering(() -> clock.advance(2_000_000));

        Measurement found = new ClosedLoop(1, clock).drive(target, new Numbers(5), TEN_CALLS);

        assertThat(found.answered()).isEqualTo(10);
        assertThat(found.latency().p50Nanos()).isCloseTo(2_000_000, within(2_000L));
        assertThat(found.callsPerSecond()).isCloseTo(500, within(0.01));
        assertThat(target.numbers)
                .containsExactlyElementsOf(LongStream.range(5, 15).boxed().toList());
        assertThat(found.failures().total()).isZero();
    }

    @Test
    void drive_pausesBetweenCalls_andDoesNotCountIt() throws Exception {
        FakeTarget target = FakeTarget.answering(() -> clock.advance(2_000_000));

        Measurement found = new ClosedLoop(1, Duration.ofMillis(8), clock).drive(target, new Numbers(0), TEN_CALLS);

        assertThat(found.latency().p50Nanos()).isCloseTo(2_000_000, within(2_000L));
        assertThat(found.callsPerSecond()).isCloseTo(100, within(0.01));
    }

    @Test
    void drive_lastsUntilCallsAndTimeAreBothReached() throws Exception {
        FakeTarget target = FakeTarget.answering(() -> clock.advance(1_000_000));

        Measurement byTime =
                new ClosedLoop(1, clock).drive(target, new Numbers(0), new Extent(10, Duration.ofMillis(50)));
        Measurement byCalls =
                new ClosedLoop(1, clock).drive(target, new Numbers(0), new Extent(80, Duration.ofMillis(50)));

        assertThat(byTime.answered()).isEqualTo(50);
        assertThat(byCalls.answered()).isEqualTo(80);
    }

    @Test
    void drive_neverExceedsItsCallsInFlight() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ConcurrentLinkedQueue<CompletableFuture<Void>> open = new ConcurrentLinkedQueue<>();
        FakeTarget target = new FakeTarget(number -> {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            open.add(answer);
            if (number % 7 == 6) {
                ForkJoinPool.commonPool().execute(() -> landAll(open, underWay));
            }
            return answer;
        });

        Measurement found = new ClosedLoop(7, clock).drive(target, new Numbers(0), new Extent(700, Duration.ZERO));

        assertThat(found.answered()).isEqualTo(700);
        assertThat(most.get()).isEqualTo(7);
    }

    @Test
    void drive_countsWrongAndFailedAnswersApart() throws Exception {
        FakeTarget target = new FakeTarget(number -> {
            if (number == 3) {
                throw new IllegalStateException("could not begin");
            }
            return number % 2 == 0
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new WrongAnswerException("not mine: " + number));
        });

        Measurement found = new ClosedLoop(1, clock).drive(target, new Numbers(0), TEN_CALLS);

        assertThat(found.answered()).isEqualTo(5);
        assertThat(found.failures().wrong()).isEqualTo(4);
        assertThat(found.failures().failed()).isEqualTo(1);
        assertThat(found.failures().first()).contains("not mine: 1");
    }

    @Test
    void land_withoutAnswer_countsTheCallAsLost() throws Exception {
        Flight flight =
                new Flight(new FakeTarget(number -> new CompletableFuture<>()), clock, 2, Duration.ofMillis(20));

        assertThat(flight.awaitPlace()).isTrue();
        flight.depart(1, clock.nanoTime());

        assertThat(flight.land(clock.nanoTime()).failures().lost()).isEqualTo(1);
    }

    private static void landAll(ConcurrentLinkedQueue<CompletableFuture<Void>> open, AtomicInteger underWay) {
        for (int i = 0; i < 7; i++) {
            CompletableFuture<Void> answer = open.remove();
            underWay.decrementAndGet();
            answer.complete(null);
        }
    }
}
