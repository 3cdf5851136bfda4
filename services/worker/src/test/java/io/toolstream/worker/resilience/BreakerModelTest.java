package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.BreakerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The breaker against a naive model of it that keeps everything and counts anew at each step. */
final class BreakerModelTest {
    private static final int ROUNDS = 200;
    private static final int STEPS = 2_000;
    private static final List<BreakerVerdict> VERDICTS = List.of(BreakerVerdict.values());

    @Test
    void breaker_anySequence_doesWhatTheModelDoes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        long opened = 0;
        for (int round = 0; round < ROUNDS; round++) {
            opened += new Run(settings(random), random).go("seed " + seed + ", round " + round);
        }
        assertThat(opened).as("it opens often enough to prove something").isGreaterThan(ROUNDS);
    }

    private static BreakerSettings settings(SplittableRandom random) {
        int successes = random.nextInt(1, 5);
        return new BreakerSettings(
                random.nextInt(1, 8),
                Duration.ofMillis(random.nextInt(10, 2_000)),
                random.nextInt(30, 101),
                random.nextInt(30, 101),
                Duration.ofMillis(random.nextInt(20, 100)),
                random.nextInt(5, 40),
                Duration.ofMillis(random.nextInt(10, 500)),
                random.nextInt(1, 5),
                successes);
    }

    /** One breaker and its model. */
    private static final class Run {
        private final BreakerSettings settings;
        private final SplittableRandom random;
        private final BreakerFixture it;
        private final Model model;
        private final List<Permit> permits = new ArrayList<>();
        private final List<Model.Pass> passes = new ArrayList<>();

        Run(BreakerSettings settings, SplittableRandom random) {
            this.settings = settings;
            this.random = random;
            this.it = new BreakerFixture(settings);
            this.model = new Model(settings);
        }

        long go(String where) {
            for (int step = 0; step < STEPS; step++) {
                int now = step;
                Supplier<String> at = () -> where + ", step " + now + ", " + settings;
                int choice = random.nextInt(10);
                if (choice < 2) {
                    long millis = random.nextInt(0, 60);
                    it.pass(Duration.ofMillis(millis));
                    model.nowMillis += millis;
                } else if (choice < 6 || permits.isEmpty()) {
                    enter(at);
                } else {
                    end();
                }
                assertThat(it.state()).as(at).isEqualTo(model.state);
            }
            return it.changes.stream()
                    .filter(change -> change.to() == BreakerState.OPEN)
                    .count();
        }

        private void enter(Supplier<String> at) {
            Entry entry = it.breaker.enter();
            Model.Pass pass = model.enter();
            assertThat(entry instanceof Permit).as(at).isEqualTo(pass != null);
            if (entry instanceof Permit permit && pass != null) {
                permits.add(permit);
                passes.add(pass);
            }
        }

        private void end() {
            int which = random.nextInt(permits.size());
            BreakerVerdict verdict = VERDICTS.get(random.nextInt(VERDICTS.size()));
            if (random.nextInt(4) > 0) {
                verdict = BreakerVerdict.SUCCESS;
            }
            BreakerFixture.end(permits.remove(which), verdict);
            model.end(passes.remove(which), verdict);
        }
    }

    /** Keeps all that happened since the last change, in lists. */
    private static final class Model {
        private final BreakerSettings settings;
        private BreakerState state = BreakerState.CLOSED;
        private List<Long> failures = new ArrayList<>();
        private List<End> ends = new ArrayList<>();
        private List<Pass> inside = new ArrayList<>();
        private int passed;
        private long openedMillis;
        private long lastEntryMillis;
        private long nowMillis;

        record Pass(Object identity, long millis) {}

        record End(boolean isFailure, boolean isSlow) {}

        Model(BreakerSettings settings) {
            this.settings = settings;
        }

        @Nullable
        Pass enter() {
            if (state == BreakerState.OPEN
                    && nowMillis - openedMillis >= settings.openFor().toMillis()) {
                go(BreakerState.HALF_OPEN);
            } else if (state == BreakerState.HALF_OPEN
                    && !inside.isEmpty()
                    && nowMillis - lastEntryMillis > settings.slow().toMillis()) {
                go(BreakerState.OPEN);
            }
            boolean mayTry = inside.size() < settings.probes() && passed < settings.successes();
            if (state == BreakerState.OPEN || (state == BreakerState.HALF_OPEN && !mayTry)) {
                return null;
            }
            Pass pass = new Pass(new Object(), nowMillis);
            inside.add(pass);
            passed++;
            lastEntryMillis = nowMillis;
            return pass;
        }

        void end(Pass pass, BreakerVerdict verdict) {
            if (!inside.remove(pass)) {
                return; // from before a change
            }
            if (verdict == BreakerVerdict.NEUTRAL) {
                passed--;
                return;
            }
            boolean isFailure = verdict != BreakerVerdict.SUCCESS;
            ends.add(new End(
                    isFailure, nowMillis - pass.millis() > settings.slow().toMillis()));
            if (isFailure) {
                failures.add(nowMillis);
            }
            if (state == BreakerState.HALF_OPEN) {
                endHalfOpen(isFailure);
            } else if ((isFailure && areTooMany()) || isRateExceeded(settings.samples())) {
                go(BreakerState.OPEN);
            }
        }

        private void endHalfOpen(boolean isFailure) {
            int wanted = Math.min(settings.successes(), settings.samples());
            if (isFailure || (ends.size() >= wanted && isRateExceeded(wanted))) {
                go(BreakerState.OPEN);
            } else if (ends.size() >= wanted) {
                go(BreakerState.CLOSED);
            }
        }

        private boolean areTooMany() {
            return failures.stream()
                            .filter(at -> nowMillis - at <= settings.window().toMillis())
                            .count()
                    >= settings.failures();
        }

        private boolean isRateExceeded(int samples) {
            if (ends.size() < samples) {
                return false;
            }
            List<End> last = ends.subList(ends.size() - samples, ends.size());
            long failed = last.stream().filter(End::isFailure).count();
            long slow = last.stream().filter(End::isSlow).count();
            return failed * 100 >= (long) settings.failureRate() * samples
                    || slow * 100 >= (long) settings.slowRate() * samples;
        }

        private void go(BreakerState next) {
            state = next;
            failures = new ArrayList<>();
            ends = new ArrayList<>();
            inside = new ArrayList<>();
            passed = 0;
            openedMillis = nowMillis;
        }
    }
}
