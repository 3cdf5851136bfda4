package io.toolstream.worker.limits;

import static io.toolstream.wire.Priority.BATCH;
import static io.toolstream.wire.Priority.INTERACTIVE;
import static io.toolstream.wire.Priority.REPLAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Priority;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Capacity;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Random calls of all priorities at a server with a fixed number of permits, against the rule told from all that happened:
 * calls that nobody waits for hold what interactive ones did not need at once lately, of permits and of connections, and their
 * least part. What connections carry changes meanwhile. Attempts fail here, so that nothing is learned from how long they took.
 */
final class BackgroundModelTest {
    private static final int ROUNDS = 40;
    private static final int STEPS = 1_500;
    private static final int LEAST_PERCENT = 25;

    @Test
    void permits_underRandomUse_areKeptForInteractiveCallsAndNotInVain() {
        SplittableRandom seeds = new SplittableRandom();
        for (int round = 0; round < ROUNDS; round++) {
            new Run(seeds.nextLong(), LEAST_PERCENT).play();
        }
    }

    /** That the model can fail. */
    @Test
    void permits_thatAreNotKeptBack_areFound() {
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < ROUNDS; seed++) {
                        new Run(seed, 100).play();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in the background");
    }

    private static final class Run {
        private final long seed;
        private final SplittableRandom random;
        private final int permits;
        private final Simulation simulation = new Simulation();
        private final List<Attempt> open = new ArrayList<>();
        private final List<Came> came = new ArrayList<>();
        private final Limited limited;
        private int connected = 100;
        private int liveWaiting;
        private int othersWaiting;

        /** Attempts in the background beyond what they may be, at most: what is thrown in an attempt is not seen. */
        private int tooMany;

        /** The same of all attempts. */
        private int tooManyInAll;

        private record Attempt(Invocation invocation, CompletableFuture<Answer> answer) {
            boolean isLive() {
                return invocation.call().options().priority() == INTERACTIVE;
            }
        }

        /** An interactive call, with so many at once. */
        private record Came(long nanos, int atOnce) {}

        Run(long seed, int background) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.permits = random.nextInt(1, 14);
            this.limited = new Limited(
                    simulation,
                    this::attempt,
                    Calls.limit(permits, 100_000, Duration.ofDays(100), background),
                    new WorkerSlots(1_000_000, 1_000_000),
                    Capacity.ofConnections(() -> connected));
        }

        void play() {
            int busy = random.nextInt(2, 12);
            for (int step = 0; step < STEPS; step++) {
                int what = random.nextInt(20);
                if (what < 3) {
                    call(INTERACTIVE);
                } else if (what < 6) {
                    call(random.nextBoolean() ? BATCH : REPLAY);
                } else if (what < 6 + busy) {
                    end();
                } else if (what == 18) {
                    simulation.run(Duration.ofMillis(random.nextInt(500)));
                } else if (what == 19 && random.nextInt(20) == 0) {
                    simulation.run(Duration.ofSeconds(random.nextInt(12)));
                } else if (what == 19 && random.nextInt(5) == 0) {
                    reconnect();
                }
                check();
            }
            while (!open.isEmpty()) {
                end();
                check();
            }
            assertThat(liveWaiting + othersWaiting)
                    .as("seed %d, who waits at the end", seed)
                    .isZero();
            assertThat(limited.permits.state().inUse()).as("seed %d", seed).isZero();
        }

        /** Nobody is told of it: it is seen when an attempt ends. */
        private void reconnect() {
            connected = random.nextBoolean() ? random.nextInt(1, 14) : 100;
            end();
        }

        private void call(Priority priority) {
            if (priority == INTERACTIVE) {
                came.add(new Came(simulation.nowNanos(), (int) live() + liveWaiting + 1));
                liveWaiting++;
            } else {
                othersWaiting++;
            }
            limited.send(Calls.of(priority));
        }

        private CompletableFuture<Answer> attempt(Invocation invocation) {
            Attempt attempt = new Attempt(invocation, new CompletableFuture<>());
            open.add(attempt);
            tooManyInAll = Math.max(tooManyInAll, open.size() - allowed());
            if (attempt.isLive()) {
                liveWaiting--;
            } else {
                othersWaiting--;
                tooMany = Math.max(tooMany, (int) (open.size() - live()) - share(BackgroundShare.LATELY));
            }
            return attempt.answer();
        }

        private void end() {
            if (!open.isEmpty()) {
                open.remove(random.nextInt(open.size()))
                        .answer()
                        .completeExceptionally(
                                new InvocationFailed(Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "as told")));
            }
        }

        private void check() {
            assertThat(tooMany)
                    .as("seed %d, too many attempts in the background", seed)
                    .isLessThanOrEqualTo(0);
            assertThat(tooManyInAll).as("seed %d, too many attempts", seed).isLessThanOrEqualTo(0);
            if (open.size() < allowed()) {
                assertThat(liveWaiting)
                        .as("seed %d, interactive calls that wait for nothing", seed)
                        .isZero();
            }
            if (open.size() < allowed() && othersWaiting > 0) {
                assertThat(open.size() - live())
                        .as("seed %d, others in use while others wait for nothing", seed)
                        .isGreaterThanOrEqualTo(share(BackgroundShare.LATELY.multipliedBy(2)));
            }
        }

        private long live() {
            return open.stream().filter(Attempt::isLive).count();
        }

        /** The rule: what was within that time counts. */
        private int share(Duration lately) {
            long since = simulation.nowNanos() - lately.toNanos();
            int kept = came.stream()
                    .filter(call -> call.nanos() > since)
                    .mapToInt(Came::atOnce)
                    .max()
                    .orElse(0);
            int withConnection = Math.min(permits, connected);
            int least = Math.max(1, withConnection * LEAST_PERCENT / 100);
            return kept == 0 ? allowed() : Math.max(least, withConnection - kept);
        }

        private int allowed() {
            return Math.min(permits, 2 * connected);
        }
    }
}
