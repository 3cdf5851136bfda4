package io.toolstream.runtime.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The checks of a process, and where it stands in its life: starting, started, draining. Any thread may call. */
public final class HealthChecks {
    private final Map<String, HealthCheck> ready = new ConcurrentSkipListMap<>();
    private final Map<String, HealthCheck> live = new ConcurrentSkipListMap<>();
    private volatile boolean isStarted;
    private volatile boolean isDraining;
    private volatile Duration drainDelay = Duration.ZERO;

    /** A check that decides whether work may be sent here; a second one of the same name replaces the first. */
    public void ready(String name, HealthCheck check) {
        ready.put(name, check);
    }

    /** A check that decides whether the process should be restarted: only for what cannot heal by itself. */
    public void live(String name, HealthCheck check) {
        live.put(name, check);
    }

    /** The start is complete: probes of startup pass from here on. */
    public void started() {
        isStarted = true;
    }

    /** Those who send work here are given so long to notice that it stops. */
    void drainDelay(Duration delay) {
        drainDelay = delay;
    }

    /**
     * No longer ready, whatever the checks say: comes first when stopping. The first to call it waits for the delay before
     * a drain that the settings of the endpoint want, or until its thread is interrupted.
     */
    public void draining() {
        boolean isFirst = !isDraining;
        isDraining = true;
        if (isFirst && !drainDelay.isZero()) {
            try {
                var unused = new CountDownLatch(1).await(drainDelay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean isDraining() {
        return isDraining;
    }

    /** What {@code /readyz} says. */
    public boolean isReady() {
        return readiness().isUp();
    }

    HealthReport liveness() {
        return new HealthReport("livez", answers(live));
    }

    HealthReport readiness() {
        List<HealthReport.Answer> answers = new ArrayList<>(answers(ready));
        if (isDraining) {
            answers.add(new HealthReport.Answer("accepting", Health.down("the process is stopping")));
        }
        return new HealthReport("readyz", answers);
    }

    HealthReport startup() {
        Health started = isStarted ? Health.up() : Health.down("the process is starting");
        return new HealthReport("startupz", List.of(new HealthReport.Answer("start", started)));
    }

    private static List<HealthReport.Answer> answers(Map<String, HealthCheck> checks) {
        List<HealthReport.Answer> answers = new ArrayList<>();
        checks.forEach((name, check) -> answers.add(new HealthReport.Answer(name, asked(check))));
        return answers;
    }

    private static Health asked(HealthCheck check) {
        try {
            return check.check();
        } catch (RuntimeException e) {
            return Health.down("the check failed: " + e.getClass().getSimpleName());
        }
    }
}
