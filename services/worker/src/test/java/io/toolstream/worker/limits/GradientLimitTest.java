package io.toolstream.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.ConcurrencySettings;
import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Capacity;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The limit with the server it limits, in simulated time: more callers than the limit at any time. */
final class GradientLimitTest {
    private static final ConcurrencySettings SETTINGS =
            new ConcurrencySettings(10, 2, 100, 500, Duration.ofSeconds(60), 25);

    private final Simulation simulation = new Simulation();
    private int atOnce;

    @Test
    void limit_ofAServerWithoutLimit_grows() {
        assertThat(limitAfter(Duration.ofMinutes(2), SETTINGS, now -> Duration.ofMillis(50)))
                .isEqualTo(100);
    }

    @Test
    void limit_nobodyWants_staysAsItIs() {
        ServerPermits permits = permits(SETTINGS, Integer.MAX_VALUE);
        feed(permits, now -> Duration.ofMillis(50), 5, Duration.ofMinutes(2));

        assertThat(permits.state().permits()).isEqualTo(10);
    }

    @Test
    void limit_isNeverMoreThanTheConnectionsCarry() {
        ServerPermits permits = permits(SETTINGS, 15);
        feed(permits, now -> Duration.ofMillis(50), 200, Duration.ofMinutes(1));

        assertThat(permits.state().permits()).isEqualTo(15);
    }

    /** As behind TLS, where it shows only later, and may change. */
    @Test
    void limit_whereConnectionsTurnOutToCarryMoreOrLess_followsAtOnce() {
        AtomicInteger connected = new AtomicInteger(4);
        GradientLimit limit = new GradientLimit(SETTINGS, Capacity.ofConnections(connected::get));

        assertThat(limit.permits()).isEqualTo(8);
        connected.set(1_000);
        assertThat(limit.permits()).as("as set").isEqualTo(10);
        connected.set(3);
        assertThat(limit.permits()).isEqualTo(6);
        limit.pushedBack();
        assertThat(limit.permits()).as("70 % of what it was").isEqualTo(4);
    }

    @Test
    void limit_isNeverZero() {
        GradientLimit limit = new GradientLimit(SETTINGS, Capacity.ofMessages(() -> 0));

        assertThat(limit.permits()).isEqualTo(1);
        limit.pushedBack();
        assertThat(limit.permits()).isEqualTo(1);
    }

    /** Four at a time take 50 ms, more than four share the speed of four: twice as many may stand in line there, not ten times. */
    @Test
    void limit_ofAServerThatDoesFourAtATime_fallsToFewMore() {
        int limit = limitAfter(Duration.ofMinutes(2), SETTINGS, now -> Duration.ofMillis(50L * Math.max(4, now) / 4));

        assertThat(limit).isBetween(4, 12);
    }

    /** Its first calls are made with few at a time, as they are when a worker starts. */
    @Test
    void limit_ofAServerThatBecomesSlower_falls() {
        ServerPermits permits = permits(SETTINGS, Integer.MAX_VALUE);
        feed(permits, now -> Duration.ofMillis(50), 5, Duration.ofSeconds(10));
        feed(permits, now -> Duration.ofMillis(50L * now), 60, Duration.ofSeconds(30));

        assertThat(permits.state().permits()).isLessThanOrEqualTo(4);
    }

    @Test
    void limit_whileEveryAttemptFails_staysAsItIs() {
        ServerPermits permits = permits(SETTINGS, Integer.MAX_VALUE);
        Invoker failing = new LimitingInvoker(
                invocation -> InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "as told")),
                permits);
        for (int i = 0; i < 10_000; i++) {
            var unused = failing.invoke(Calls.any());
        }

        assertThat(permits.state().permits()).isEqualTo(10);
    }

    @Test
    void limit_ofAServerThatWantsLess_fallsToTheLeastAndNotLower() {
        GradientLimit limit = new GradientLimit(SETTINGS, Capacity.SHARED);
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            limit.pushedBack();
            steps.add(limit.permits());
        }

        assertThat(steps.get(0)).isEqualTo(7);
        assertThat(steps.subList(0, 7))
                .as("one cut for as many endings as there are permits")
                .containsOnly(7);
        assertThat(limit.permits()).isEqualTo(2);
    }

    @Test
    void limit_thatWasCut_growsBack() {
        ServerPermits permits = permits(SETTINGS, Integer.MAX_VALUE);
        Tools tools = Tools.taking(simulation, Duration.ofMillis(50));
        Invoker invoker = new LimitingInvoker(tools, permits);
        for (int i = 0; i < 300; i++) {
            var unused = invoker.invoke(Calls.any());
        }
        for (int i = 0; i < 50; i++) {
            tools.failFirst(Tools.rateLimited(Duration.ZERO));
        }
        int cut = permits.state().permits();
        feed(permits, now -> Duration.ofMillis(50), 50, Duration.ofMinutes(2));

        assertThat(cut).isLessThan(6);
        assertThat(permits.state().permits()).isGreaterThanOrEqualTo(40);
    }

    private int limitAfter(Duration time, ConcurrencySettings settings, IntFunction<Duration> takes) {
        ServerPermits permits = permits(settings, Integer.MAX_VALUE);
        feed(permits, takes, 3, Duration.ofSeconds(5));
        feed(permits, takes, 200, time);
        return permits.state().permits();
    }

    /** A closed loop of so many callers. */
    private void feed(ServerPermits permits, IntFunction<Duration> takes, int callers, Duration time) {
        Tools tools = Tools.taking(simulation, () -> takes.apply(atOnce));
        Invoker counting = invocation -> {
            atOnce++;
            return tools.invoke(invocation).whenComplete((answer, thrown) -> atOnce--);
        };
        long endNanos = simulation.nowNanos() + time.toNanos();
        Invoker limiting = new LimitingInvoker(counting, permits);
        for (int i = 0; i < callers; i++) {
            simulation.in(Duration.ofMillis(i), () -> callAgain(limiting, endNanos));
        }
        simulation.run(time.plusSeconds(30));
    }

    private void callAgain(Invoker invoker, long endNanos) {
        if (simulation.nowNanos() < endNanos) {
            var unused = invoker.invoke(Calls.any())
                    .whenComplete((answer, thrown) ->
                            simulation.in(Duration.ofNanos(1_000), () -> callAgain(invoker, endNanos)));
        }
    }

    private ServerPermits permits(ConcurrencySettings settings, int most) {
        Capacity capacity = Capacity.ofMessages(() -> most);
        return new ServerPermits(
                "fs", settings, capacity, new WorkerSlots(1_000, 1_000), simulation.clockwork(), LimitObserver.NONE);
    }
}
