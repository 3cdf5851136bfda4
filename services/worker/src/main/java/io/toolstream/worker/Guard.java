package io.toolstream.worker;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.health.EndpointMonitor;
import io.toolstream.worker.health.HealthChange;
import io.toolstream.worker.health.HealthListener;
import io.toolstream.worker.health.HealthState;
import io.toolstream.worker.health.HealthView;
import io.toolstream.worker.health.ProbeResult;
import io.toolstream.worker.invoke.EndpointId;
import io.toolstream.worker.invoke.EndpointReport;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.meter.GuardMeters;
import io.toolstream.worker.resilience.Breaker;
import io.toolstream.worker.resilience.BreakerChange;
import io.toolstream.worker.resilience.BreakerListener;
import io.toolstream.worker.resilience.BreakerState;
import io.toolstream.worker.resilience.BreakerView;
import io.toolstream.worker.resilience.ProbeReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The breaker and the monitor of one endpoint, and what they tell each other: probes are told to the breaker, and a breaker
 * that opens is reason to probe. Any thread. Each of the two has a lock of its own, and neither calls out under it.
 */
final class Guard implements BreakerListener, HealthListener {
    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    private final EndpointId id;
    private final boolean isShared;
    private final Breaker breaker;
    private final EndpointMonitor monitor;
    private final GuardMeters meters;
    private final GuardCounts counts = new GuardCounts(System::nanoTime);
    private final RecentChanges changes = new RecentChanges(InstantSource.system());
    private final Consumer<BreakerChange> neighbours;
    private volatile Consumer<Failure> onRefusal = failure -> {};

    /** @param neighbours told of the breaker's changes, if the endpoint is the same one for other workers */
    Guard(Endpoint endpoint, GuardMeters meters, Consumer<BreakerChange> neighbours) {
        this.id = new EndpointId(endpoint.server(), endpoint.name());
        this.isShared = !endpoint.isLoopbackOrChild();
        this.meters = meters;
        this.neighbours = neighbours;
        this.breaker = new Breaker(id, endpoint.settings().breaker(), System::nanoTime, this);
        this.monitor = new EndpointMonitor(
                new EndpointMonitor.Target(id, endpoint.toolServer()::probe, this::isInTrouble),
                endpoint.settings().health(),
                this,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        meters.watch(
                () -> breaker.view().state().level(),
                () -> monitor.view().state().level());
    }

    /** Tells who waits to be let through, once nobody is any more. */
    void onRefusal(Consumer<Failure> dismissal) {
        onRefusal = dismissal;
    }

    EndpointId id() {
        return id;
    }

    Breaker breaker() {
        return breaker;
    }

    EndpointMonitor monitor() {
        return monitor;
    }

    /** What happened to it so far. */
    GuardCounts counts() {
        return counts;
    }

    /** What its breaker did lately. */
    RecentChanges changes() {
        return changes;
    }

    /** Whether it is the same one for other workers. */
    boolean isShared() {
        return isShared;
    }

    /** Whether to ask it before others that do the same. */
    boolean isFit() {
        return monitor.view().state() != HealthState.UNHEALTHY && !isShut();
    }

    private boolean isShut() {
        Duration untilNextTry = breaker.view().untilNextTry();
        return untilNextTry != null && !untilNextTry.isZero();
    }

    /** Another worker's breaker says nothing about an endpoint that is another one here, and no news of one that is open. */
    void suspect(String reason) {
        if (isShared && !isInTrouble()) {
            log.info("tool server {} is probed: {}", id, reason);
            monitor.suspect();
        }
    }

    private boolean isInTrouble() {
        return breaker.view().state() != BreakerState.CLOSED;
    }

    EndpointReport report() {
        HealthView health = monitor.view();
        BreakerView state = breaker.view();
        return new EndpointReport(
                id,
                new EndpointReport.Condition(
                        health.state().text(), health.age(), health.cause(), health.untilNextProbe()),
                new EndpointReport.Condition(state.state().text(), state.age(), state.cause(), state.untilNextTry()));
    }

    @Override
    public void changed(BreakerChange change) {
        if (change.to() == BreakerState.CLOSED) {
            log.info("breaker of {}: closed again: {}", id, change.cause());
        } else {
            log.warn("breaker of {}: {}: {}", id, change.to().text(), change.cause());
        }
        meters.breaker(change.from().text(), change.to().text());
        counts.changed(change.to() == BreakerState.CLOSED);
        changes.add(change);
        if (change.to() == BreakerState.OPEN) {
            monitor.suspect();
            onRefusal.accept(refusal(change));
        }
        if (isShared) {
            neighbours.accept(change);
        }
    }

    private Failure refusal(BreakerChange change) {
        Failure failure = Failure.beforeDispatch(
                ErrorCode.BREAKER_OPEN, id + " is left alone for now, its breaker has opened: " + change.cause());
        Duration untilNextTry = breaker.view().untilNextTry();
        return untilNextTry == null ? failure : failure.retryAfter(untilNextTry);
    }

    @Override
    public void refused(EndpointId endpoint) {
        meters.refused();
    }

    @Override
    public void changed(HealthChange change) {
        if (change.to() == HealthState.HEALTHY) {
            log.info("tool server {} is healthy", id);
        } else {
            log.warn("tool server {} is {}: {}", id, change.to().text(), change.cause());
        }
    }

    @Override
    public void probed(ProbeResult result) {
        meters.probed(result.isAnswered());
        counts.probed(result.isAnswered());
        breaker.probed(new ProbeReport(
                result.isAnswered(), result.reason(), result.isDecisive(), result.untilNext(), result.untilKnown()));
    }

    @Override
    public String toString() {
        return "Guard[" + id + "]";
    }
}
