package io.toolstream.worker.limits;

import io.toolstream.settings.AdaptiveSettings;
import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends attempts that take much longer than attempts of their tool do: a call of a tool that answers in milliseconds finds
 * out about a server that hangs in seconds, not after the half minute that other tools are given. Never longer than the
 * limit configured for attempts, never shorter than the settings' least.
 *
 * <p>What is limited is the time to the answer. A task that is the answer, and still runs, has the time of its call.
 *
 * <p>Tools that run once are left alone: cutting one off early does not tell earlier what became of it, it makes an answer
 * that was under way one that nobody knows.
 *
 * <p>Knows the {@value #MOST_TOOLS} tools used last, each by less than half a KiB. Guarded by this object's lock:
 * {@code tools} and what is in it.
 */
public final class AttemptLimits implements Invoker {
    private static final int MOST_TOOLS = 500;

    private final Invoker delegate;
    private final AdaptiveSettings settings;
    private final long configuredNanos;
    private final Clockwork time;
    private final RecentlyUsed<LearnedLimit> tools = new RecentlyUsed<>(MOST_TOOLS, LearnedLimit::new);

    private AttemptLimits(Invoker delegate, AdaptiveSettings settings, Duration configured, Clockwork time) {
        this.delegate = delegate;
        this.settings = settings;
        this.configuredNanos = configured.toNanos();
        this.time = time;
    }

    /**
     * The invoker itself where nothing is to be learned.
     *
     * @param configured limit of an attempt of any tool
     */
    public static Invoker around(Invoker delegate, AdaptiveSettings settings, Duration configured, Clockwork time) {
        return settings.enabled() ? new AttemptLimits(delegate, settings, configured, time) : delegate;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        Tool tool = invocation.tool();
        if (!tool.isRepeatable()) {
            return delegate.invoke(invocation);
        }
        LearnedLimit.Given given = limit(tool);
        long endMillis = time.clock().millis() + TimeUnit.NANOSECONDS.toMillis(given.limitNanos());
        boolean isOurs = given.limitNanos() < configuredNanos
                && endMillis < invocation.call().options().deadlineMillis();
        invocation.trail().answerBy(isOurs ? endMillis : Long.MAX_VALUE);
        long beganNanos = time.nowNanos();
        return delegate.invoke(invocation)
                .whenComplete((answer, thrown) ->
                        ended(tool, given, isOurs, time.nowNanos() - beganNanos, Outcome.of(answer, thrown)));
    }

    private synchronized LearnedLimit.Given limit(Tool tool) {
        return tools.of(tool.name()).of(settings, configuredNanos);
    }

    private synchronized void ended(
            Tool tool, LearnedLimit.Given given, boolean isOurs, long durationNanos, Outcome outcome) {
        LearnedLimit learned = tools.of(tool.name());
        if (outcome instanceof Outcome.Failed failed) {
            boolean wasAnswered = durationNanos > 2 * given.limitNanos(); // with a task, whose own time was over
            if (isOurs && !wasAnswered && failed.failure().code() == ErrorCode.TIMED_OUT) {
                learned.timedOut(given);
            }
        } else {
            learned.answered(durationNanos);
        }
    }

    @Override
    public String toString() {
        return "AttemptLimits[" + delegate + "]";
    }
}
