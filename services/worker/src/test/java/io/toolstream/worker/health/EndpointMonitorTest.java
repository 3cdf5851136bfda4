package io.toolstream.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.HealthSettings;
import io.toolstream.worker.fixture.ManualNanos;
import io.toolstream.worker.health.WatchingInvoker.Sign;
import io.toolstream.worker.invoke.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class EndpointMonitorTest implements HealthListener {
    private static final HealthSettings SETTINGS =
            new HealthSettings(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(1));

    private final ManualNanos nanos = new ManualNanos();
    private final List<CompletableFuture<Void>> probes = new ArrayList<>();
    private final List<ProbeResult> results = new ArrayList<>();
    private final List<HealthState> states = new ArrayList<>();
    private boolean isInTrouble;
    private boolean answersAtOnce = true;
    private final EndpointMonitor monitor = new EndpointMonitor(
            new EndpointMonitor.Target(new EndpointId("fs", "fs"), this::probe, () -> isInTrouble),
            SETTINGS,
            this,
            nanos,
            () -> 0.5);

    @Test
    void look_unknownServer_isProbedOftenUntilItIsHealthy_thenSeldom() {
        look(Duration.ofSeconds(3));
        assertThat(states).containsExactly(HealthState.HEALTHY);
        assertThat(results).hasSize(2);

        look(Duration.ofSeconds(30));
        assertThat(results).hasSize(4);
        assertThat(monitor.view().untilNextProbe()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    @Test
    void look_serverInTrouble_isProbedOften() {
        isInTrouble = true;
        look(Duration.ofSeconds(11));
        assertThat(results).hasSizeBetween(9, 12);
    }

    @Test
    void look_probeUnanswered_isGivenUpAfterItsTimeLimit() {
        answersAtOnce = false;
        look(Duration.ofMillis(5_400));
        assertThat(results).isEmpty();
        look(Duration.ofMillis(400));
        assertThat(results).hasSize(1);
        assertThat(results.get(0).isAnswered()).isFalse();
        assertThat(results.get(0).isDecisive()).isFalse();
        assertThat(results.get(0).untilNext()).isEqualTo(Duration.ofSeconds(1));

        // Too late: that one is over.
        probes.get(0).complete(null);
        assertThat(results).hasSize(1);
    }

    @Test
    void look_unansweredAgainAndAgain_isUnhealthy_andComesBack() {
        look(Duration.ofSeconds(3));
        answersAtOnce = false;
        look(Duration.ofSeconds(40));
        answersAtOnce = true;
        look(Duration.ofSeconds(10));

        assertThat(states)
                .containsExactly(
                        HealthState.HEALTHY,
                        HealthState.DEGRADED,
                        HealthState.UNHEALTHY,
                        HealthState.DEGRADED,
                        HealthState.HEALTHY);
    }

    @Test
    void look_silenceInTheTraffic_isDecidedWithinFourSeconds() {
        makeHealthy();
        answersAtOnce = false;
        monitor.began();
        look(Duration.ofMillis(3_900));

        assertThat(results).hasSize(1);
        assertThat(results.get(0).isDecisive()).isTrue();
        assertThat(results.get(0).isAnswered()).isFalse();
    }

    @Test
    void look_slowAtOneToolOnly_isNeverSuspected() {
        makeHealthy();
        monitor.began();
        for (int i = 0; i < 100; i++) {
            long began = monitor.began();
            look(Duration.ofMillis(100));
            monitor.ended(began, Sign.LIFE);
        }
        assertThat(results).isEmpty();
    }

    @Test
    void look_slowButAnswersProbes_isFoundAlive() {
        makeHealthy();
        long began = monitor.began();
        look(Duration.ofSeconds(10));
        monitor.ended(began, Sign.LIFE);

        assertThat(results).hasSizeBetween(5, 7).allMatch(ProbeResult::isAnswered);
        assertThat(states).isEmpty();
    }

    /** All connections are taken, the probe waits for one, and calls are answered all the while. */
    @Test
    void look_probeThatWaitsWhileCallsAreAnswered_saysNothingAgainstTheServer() {
        makeHealthy();
        answersAtOnce = false;
        for (int i = 0; i < 600; i++) {
            long began = monitor.began();
            look(Duration.ofMillis(100));
            monitor.ended(began, Sign.LIFE);
        }
        assertThat(results).hasSizeGreaterThan(2).allMatch(ProbeResult::isAnswered);
        assertThat(states).isEmpty();
    }

    @Test
    void look_probeUnansweredOfAServerInTrouble_countsWhateverCallsSay() {
        makeHealthy();
        isInTrouble = true;
        answersAtOnce = false;
        monitor.suspect();
        for (int i = 0; i < 60; i++) {
            long began = monitor.began();
            look(Duration.ofMillis(100));
            monitor.ended(began, Sign.LIFE);
        }
        assertThat(results).isNotEmpty().noneMatch(ProbeResult::isAnswered);
    }

    @Test
    void look_serverThatDoesOneThingAtATime_isSuspectedOnceOnly() {
        makeHealthy();
        answersAtOnce = false;
        long first = monitor.began();
        look(Duration.ofSeconds(4));
        assertThat(results).hasSize(1);
        answersAtOnce = true;
        look(Duration.ofMillis(500));
        monitor.ended(first, Sign.LIFE);
        look(Duration.ofSeconds(4));
        results.clear();

        answersAtOnce = false;
        long second = monitor.began();
        look(Duration.ofSeconds(5));
        monitor.ended(second, Sign.LIFE);
        assertThat(results).isEmpty();
    }

    @Test
    void ended_inTrouble_isLookedAtAtOnce_butNotForEachAttempt() {
        makeHealthy();
        for (int i = 0; i < 50; i++) {
            monitor.ended(monitor.began(), Sign.TROUBLE);
            look(Duration.ofMillis(10));
        }
        assertThat(results).hasSizeBetween(2, 4).noneMatch(ProbeResult::isDecisive);
    }

    @Test
    void suspect_elsewhereOpen_isDecidedByOneProbe() {
        makeHealthy();
        monitor.suspect();
        look(Duration.ofMillis(100));

        assertThat(results).hasSize(1);
        assertThat(results.get(0).isDecisive()).isTrue();
        assertThat(results.get(0).isAnswered()).isTrue();
    }

    private void makeHealthy() {
        look(Duration.ofSeconds(3));
        assertThat(monitor.view().state()).isEqualTo(HealthState.HEALTHY);
        results.clear();
        states.clear();
    }

    private void look(Duration time) {
        for (long passed = 0; passed < time.toMillis(); passed += 10) {
            nanos.advance(Duration.ofMillis(10));
            monitor.look();
        }
    }

    private CompletableFuture<Void> probe() {
        CompletableFuture<Void> probe = new CompletableFuture<>();
        if (answersAtOnce) {
            probe.complete(null);
        }
        probes.add(probe);
        return probe;
    }

    @Override
    public void probed(ProbeResult result) {
        results.add(result);
    }

    @Override
    public void changed(HealthChange change) {
        states.add(change.to());
    }
}
