package io.toolstream.worker.resilience;

import io.toolstream.settings.BreakerSettings;
import io.toolstream.settings.Durations;
import io.toolstream.worker.invoke.EndpointId;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The circuit breaker of one endpoint. It opens at the Nth failure within a sliding window, exactly; or by the rates of
 * failed or slow calls; or when a probe that was to settle a suspicion gets no answer. While half open it lets few attempts
 * through at a time, one failure opens it again, and so many successes as set close it. Any thread; nothing blocks.
 *
 * <p>Probes are believed as far as they can tell: where the trouble is one that probes meet too (no connection, no answer to
 * them), an answered probe ends the wait early and counts as a success, and while probes fail no call is risked. Where
 * probes were answered all along and calls were not, only calls can show that it is over.
 *
 * <p>Guarded by {@code lock}: all fields that are not final, and the machine. Every change of state happens under it, in
 * {@link #settle}, which begins a new generation: a permit of an older one changes nothing, whenever it ends. Listeners are
 * told after it is released.
 */
public final class Breaker {
    private final EndpointId endpoint;
    private final BreakerSettings settings;
    private final LongSupplier nanoTime;
    private final BreakerListener listener;
    private final StateMachine machine;
    private final RecentFailures failures;
    private final Deliveries<BreakerChange> news;
    private final Object lock = new Object();

    private BreakerState state = BreakerState.CLOSED;
    private String cause = "there was no trouble yet";
    private long sinceNanos;
    private long generation;
    private long openUntilNanos;
    private int trying;
    private long lastEntryNanos;
    private final ProbeEvidence probes = new ProbeEvidence();
    private long given;
    private long returned;

    public Breaker(EndpointId endpoint, BreakerSettings settings, LongSupplier nanoTime, BreakerListener listener) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.machine = new StateMachine(endpoint.endpoint(), settings, nanoTime);
        this.failures =
                new RecentFailures(settings.failures(), settings.window().toNanos());
        this.news = new Deliveries<>(listener::changed);
        this.sinceNanos = nanoTime.getAsLong();
    }

    public EndpointId endpoint() {
        return endpoint;
    }

    /** Asks for leave to make one attempt. Who gets a permit ends it. */
    public Entry enter() {
        Entry entry;
        synchronized (lock) {
            entry = enter(nanoTime.getAsLong());
        }
        news.deliver();
        if (entry instanceof Entry.Refused) {
            listener.refused(endpoint);
        }
        return entry;
    }

    private Entry enter(long now) {
        if (state == BreakerState.OPEN && now - openUntilNanos >= 0) {
            machine.halfOpen();
            settle(now, "it was open for long enough");
        } else if (state == BreakerState.HALF_OPEN && isStuck(now)) {
            machine.open();
            settle(now, "what was let through did not come back");
        }
        boolean isAllowed = state == BreakerState.CLOSED
                || (state == BreakerState.HALF_OPEN && trying < settings.probes() && machine.tryAcquire());
        if (!isAllowed) {
            return new Entry.Refused(state, cause, untilNextTry(now));
        }
        trying++;
        given++;
        lastEntryNanos = now;
        return new Permit(this, generation, now);
    }

    /** A call that takes longer than what counts as slow would open it anyway. */
    private boolean isStuck(long now) {
        return trying > 0 && now - lastEntryNanos > settings.slow().toNanos();
    }

    private Duration untilNextTry(long now) {
        if (state == BreakerState.HALF_OPEN) {
            return shorter(settings.openFor(), Duration.ofSeconds(1));
        }
        return shorter(Duration.ofNanos(openUntilNanos - now), probes.untilTheyHelp(now));
    }

    void ended(Permit permit, BreakerVerdict verdict, String reason, long waitedNanos) {
        synchronized (lock) {
            returned++;
            if (permit.generation() == generation) {
                trying--;
                long now = nanoTime.getAsLong();
                take(verdict, reason, now, Math.max(0, now - permit.givenNanos() - waitedNanos));
            }
        }
        news.deliver();
    }

    private void take(BreakerVerdict verdict, String reason, long now, long tookNanos) {
        switch (verdict) {
            case SUCCESS -> {
                machine.succeeded(tookNanos);
                settle(now, machine.state() == BreakerState.CLOSED ? "it answers again" : slow());
            }
            case FAILURE, UNREACHABLE -> {
                machine.failed(tookNanos);
                boolean areTooMany = state == BreakerState.HALF_OPEN || failures.add(now);
                if (areTooMany) {
                    machine.open();
                }
                probes.opening(verdict == BreakerVerdict.UNREACHABLE);
                settle(now, failed(areTooMany, reason));
            }
            case NEUTRAL -> {
                if (state == BreakerState.HALF_OPEN) {
                    machine.release();
                }
            }
        }
    }

    /** A probe, which passed by this breaker, has ended. */
    public void probed(ProbeReport report) {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            boolean canTell = probes.note(report, now);
            if (report.isAnswered()) {
                answered(now);
            } else if (canTell) {
                unanswered(report, now);
            }
        }
        news.deliver();
    }

    private void answered(long now) {
        if (state == BreakerState.CLOSED || !probes.doTell()) {
            return;
        }
        if (state == BreakerState.OPEN) {
            machine.halfOpen();
            settle(now, "a probe was answered");
        }
        if (machine.tryAcquire()) {
            machine.succeeded(0);
            settle(now, "probes are answered");
        }
    }

    private void unanswered(ProbeReport report, long now) {
        switch (state) {
            case CLOSED -> {
                if (failures.add(now) || report.isDecisive()) {
                    machine.open();
                }
            }
            case HALF_OPEN -> machine.open();
            case OPEN -> {
                long knownNanos = now + report.untilKnown().toNanos();
                if (knownNanos - openUntilNanos > 0) {
                    openUntilNanos = knownNanos;
                }
            }
        }
        settle(now, "a probe was not answered: " + report.reason());
    }

    /** Takes note of what the machine made of what happened. */
    private void settle(long now, String why) {
        BreakerState next = machine.state();
        if (next == state) {
            return;
        }
        news.add(new BreakerChange(endpoint, state, next, why));
        state = next;
        cause = why;
        sinceNanos = now;
        generation++;
        trying = 0;
        failures.clear();
        if (next == BreakerState.OPEN) {
            openUntilNanos = now + settings.openFor().toNanos();
        }
    }

    private String failed(boolean areTooMany, String reason) {
        if (state == BreakerState.HALF_OPEN) {
            return "it failed again: " + reason;
        }
        return areTooMany
                ? "%d failures within %s, the last: %s"
                        .formatted(settings.failures(), Durations.text(settings.window()), reason)
                : "%d %% of %d calls failed, the last: %s"
                        .formatted(settings.failureRate(), settings.samples(), reason);
    }

    private String slow() {
        return "%d %% of its calls took longer than %s".formatted(settings.slowRate(), Durations.text(settings.slow()));
    }

    public BreakerView view() {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            return new BreakerView(
                    state,
                    Duration.ofNanos(now - sinceNanos),
                    cause,
                    state == BreakerState.OPEN ? untilNextTry(now) : null);
        }
    }

    /** Permits given since the start that were not ended yet. */
    public long outstanding() {
        synchronized (lock) {
            return given - returned;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.isNegative() ? Duration.ZERO : shorter;
    }

    @Override
    public String toString() {
        return "Breaker[" + endpoint + "]";
    }
}
