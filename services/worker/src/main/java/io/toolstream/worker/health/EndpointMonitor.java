package io.toolstream.worker.health;

import io.toolstream.settings.HealthSettings;
import io.toolstream.worker.invoke.EndpointId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches one endpoint: probes it now and then while it is well, often while it is not, and at once when there is a
 * suspicion, one probe at a time. Nothing happens by itself: {@link HealthMonitor} makes it look around. Any thread; guarded
 * by {@code this}: all fields that are not final. Listeners and probes are called outside of the lock.
 */
public final class EndpointMonitor {
    /** What a server that seems to hang is given to prove that it does not. */
    private static final Duration SUSPECT_LIMIT = Duration.ofSeconds(2);

    /** Between two probes, whatever the suspicion. */
    private static final Duration LEAST_GAP = Duration.ofMillis(200);

    /** How far probes of many workers are spread, to both sides. */
    private static final double SPREAD = 0.1;

    private final Target target;
    private final HealthSettings settings;
    private final HealthListener listener;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final Pulse pulse;

    private Health health = Health.UNKNOWN;
    private String cause = "not probed yet";
    private long sinceNanos;
    private long nextNanos;
    private long endedNanos;
    private @Nullable Suspicion suspicion;
    private @Nullable Probe current;

    /**
     * What is watched.
     *
     * @param probe asks it for a sign of life; never throws
     * @param isInTrouble whether somebody waits for it to get well, so that it is to be probed often
     */
    public record Target(EndpointId id, Supplier<CompletableFuture<Void>> probe, BooleanSupplier isInTrouble) {}

    /** Why to probe; decisive where it seems to hang. */
    private enum Suspicion {
        /** None: it is time. */
        ROUTINE,
        /** It could not be reached, or broke off, or answered after all: one look is in order. */
        TROUBLE,
        /** An attempt ran out of time, or another worker has trouble with it. */
        HANG,
        /** Attempts are under way, and nothing comes back. */
        SILENCE;

        boolean isDecisive() {
            return this == HANG || this == SILENCE;
        }
    }

    /** One under way. */
    private record Probe(long sentNanos, Duration limit, Suspicion reason) {}

    /** @param random from 0 to 1, without 1; any thread */
    public EndpointMonitor(
            Target target,
            HealthSettings settings,
            HealthListener listener,
            LongSupplier nanoTime,
            DoubleSupplier random) {
        this.target = target;
        this.settings = settings;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.random = random;
        this.pulse = new Pulse(nanoTime);
        this.sinceNanos = nanoTime.getAsLong();
        this.endedNanos = sinceNanos - LEAST_GAP.toNanos();
        this.nextNanos = sinceNanos + (long) (settings.suspectInterval().toNanos() * random.getAsDouble());
    }

    public EndpointId endpoint() {
        return target.id();
    }

    long began() {
        return pulse.began();
    }

    void ended(long beganNanos, WatchingInvoker.Sign sign) {
        boolean doesRefute = pulse.ended(beganNanos, sign == WatchingInvoker.Sign.LIFE);
        if (doesRefute) {
            suspect(Suspicion.TROUBLE);
        } else if (sign == WatchingInvoker.Sign.TROUBLE) {
            suspect(Suspicion.TROUBLE);
        } else if (sign == WatchingInvoker.Sign.HANG) {
            suspect(Suspicion.HANG);
        }
    }

    /** Somebody else has reason to believe that it does not answer: the next look probes it, and that decides. */
    public void suspect() {
        suspect(Suspicion.HANG);
    }

    private synchronized void suspect(Suspicion other) {
        if (suspicion == null || (other.isDecisive() && !suspicion.isDecisive())) {
            suspicion = other;
        }
    }

    /** Sends a probe if one is due, gives up one that takes too long. */
    void look() {
        boolean isSilent = pulse.isSilent();
        Probe late;
        Probe due;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (isSilent && current == null) {
                suspect(Suspicion.SILENCE);
            }
            late = current != null
                            && now - current.sentNanos() > current.limit().toNanos()
                    ? current
                    : null;
            due = current == null ? takeDue(now) : null;
        }
        if (late != null) {
            giveUp(late);
        } else if (due != null) {
            send(due);
        }
    }

    /**
     * A server that answers calls meanwhile is alive: the probe waits for a connection, or for its turn. One that has
     * already failed calls must answer the probe itself.
     */
    private void giveUp(Probe late) {
        if (pulse.showedLifeSince(late.sentNanos()) && !target.isInTrouble().getAsBoolean()) {
            over(late, "answered calls", true);
        } else {
            ended(late, "no answer within " + late.limit());
        }
    }

    private @Nullable Probe takeDue(long now) {
        Suspicion reason = suspicion;
        boolean isDue = reason == null ? now - nextNanos >= 0 : now - endedNanos >= LEAST_GAP.toNanos();
        if (!isDue) {
            return null;
        }
        suspicion = null;
        boolean isHurried = reason != null && reason.isDecisive();
        Duration limit =
                isHurried && SUSPECT_LIMIT.compareTo(settings.timeout()) < 0 ? SUSPECT_LIMIT : settings.timeout();
        current = new Probe(now, limit, reason == null ? Suspicion.ROUTINE : reason);
        return current;
    }

    private void send(Probe probe) {
        var unused = target.probe()
                .get()
                .whenComplete((nothing, thrown) -> ended(probe, thrown == null ? null : reason(thrown)));
    }

    /** {@code trouble} is null where it was answered. */
    private void ended(Probe probe, @Nullable String trouble) {
        boolean isFirst = over(probe, trouble == null ? "answered" : trouble, trouble == null);
        if (isFirst && probe.reason() == Suspicion.SILENCE) {
            tell(probe, trouble == null);
        }
    }

    /** Who comes second for the same probe comes too late: false. */
    private boolean over(Probe probe, String how, boolean isWell) {
        boolean isInTrouble = target.isInTrouble().getAsBoolean();
        ProbeResult result;
        HealthState before;
        HealthState after;
        synchronized (this) {
            if (!probe.equals(current)) {
                return false;
            }
            before = health.state();
            note(how, isWell);
            after = health.state();
            result = result(probe, isWell, isInTrouble);
        }
        if (after != before) {
            listener.changed(new HealthChange(target.id(), before, after, result.reason()));
        }
        listener.probed(result);
        return true;
    }

    private void note(String how, boolean isWell) {
        long now = nanoTime.getAsLong();
        Health next = health.after(isWell);
        if (next.state() != health.state()) {
            sinceNanos = now;
        }
        health = next;
        cause = how;
        current = null;
        endedNanos = now;
    }

    private ProbeResult result(Probe probe, boolean isAnswered, boolean isInTrouble) {
        boolean isWell = health.state() == HealthState.HEALTHY && !isInTrouble;
        Duration interval = isWell ? settings.interval() : settings.suspectInterval();
        Duration wait =
                Duration.ofNanos((long) (interval.toNanos() * (1 - SPREAD + 2 * SPREAD * random.getAsDouble())));
        nextNanos = endedNanos + wait.toNanos();
        return new ProbeResult(
                target.id(),
                isAnswered,
                cause,
                probe.reason().isDecisive(),
                wait,
                wait.plus(settings.timeout()).plus(HealthMonitor.TICK.multipliedBy(3)));
    }

    private void tell(Probe probe, boolean isAnswered) {
        if (isAnswered) {
            pulse.answered();
        } else {
            pulse.unanswered(probe.sentNanos());
        }
    }

    private static String reason(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    public synchronized HealthView view() {
        long now = nanoTime.getAsLong();
        boolean isUnderWay = current != null || nextNanos - now < 0;
        return new HealthView(
                health.state(),
                Duration.ofNanos(now - sinceNanos),
                cause,
                isUnderWay ? Duration.ZERO : Duration.ofNanos(nextNanos - now));
    }

    @Override
    public String toString() {
        return "EndpointMonitor[" + target.id() + "]";
    }
}
