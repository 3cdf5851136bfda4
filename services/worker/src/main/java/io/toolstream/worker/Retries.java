package io.toolstream.worker;

import io.toolstream.settings.RetrySettings;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.meter.ResilienceMeters;
import io.toolstream.worker.resilience.Pauses;
import io.toolstream.worker.resilience.RetryBudget;
import io.toolstream.worker.resilience.RetryListener;
import io.toolstream.worker.resilience.RetryingInvoker;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/** What the retries of all servers share. */
record Retries(Pauses pauses, RetryListener listener) {
    static Retries of(ScheduledExecutorService timer, Executor callThreads, ResilienceMeters meters) {
        return new Retries(new Pauses(timer, callThreads), new RetryNews(meters));
    }

    /** Around the attempts on one server, with a budget of its own. */
    Invoker around(Invoker attempt, RetrySettings settings, InstantSource clock) {
        return new RetryingInvoker(
                attempt,
                new RetryBudget(settings, System::nanoTime),
                pauses,
                () -> ThreadLocalRandom.current().nextDouble(),
                clock,
                listener);
    }
}
