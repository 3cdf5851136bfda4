package io.toolstream.worker.resilience;

import io.toolstream.settings.BreakerSettings;
import io.toolstream.worker.fixture.ManualNanos;
import io.toolstream.worker.invoke.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A breaker with its time, its news, and short words for what happens to it. */
final class BreakerFixture implements BreakerListener {
    /** Opens at the third failure within 30 s; 5 s open; one at a time, one success closes it. */
    static final BreakerSettings THREE_IN_30 = settings(3, 1, 1);

    final ManualNanos nanos = new ManualNanos();
    final List<BreakerChange> changes = new ArrayList<>();
    final Breaker breaker;
    int refusals;

    BreakerFixture(BreakerSettings settings) {
        this.breaker = new Breaker(new EndpointId("fs", "fs#1"), settings, nanos, this);
    }

    static BreakerSettings settings(int failures, int probes, int successes) {
        return new BreakerSettings(
                failures,
                Duration.ofSeconds(30),
                50,
                80,
                Duration.ofSeconds(20),
                100,
                Duration.ofSeconds(5),
                probes,
                successes);
    }

    Permit enter() {
        Entry entry = breaker.enter();
        if (entry instanceof Permit permit) {
            return permit;
        }
        throw new AssertionError("refused: " + entry);
    }

    Entry.Refused refusal() {
        Entry entry = breaker.enter();
        if (entry instanceof Entry.Refused refused) {
            return refused;
        }
        throw new AssertionError("let through");
    }

    boolean isRefused() {
        Entry entry = breaker.enter();
        if (entry instanceof Permit permit) {
            permit.release();
        }
        return entry instanceof Entry.Refused;
    }

    void succeed() {
        end(enter(), BreakerVerdict.SUCCESS);
    }

    void fail() {
        end(enter(), BreakerVerdict.FAILURE);
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            fail();
        }
    }

    void probe(boolean isAnswered, boolean isDecisive) {
        breaker.probed(
                new ProbeReport(isAnswered, "no answer", isDecisive, Duration.ofSeconds(1), Duration.ofSeconds(3)));
    }

    void pass(Duration time) {
        nanos.advance(time);
    }

    BreakerState state() {
        return breaker.view().state();
    }

    static void end(Permit permit, BreakerVerdict verdict) {
        permit.end(verdict, "as told", Duration.ZERO);
    }

    @Override
    public void changed(BreakerChange change) {
        changes.add(change);
    }

    @Override
    public void refused(EndpointId endpoint) {
        refusals++;
    }
}
