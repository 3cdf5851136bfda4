package io.toolstream.worker.health;

import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Blame;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import java.util.concurrent.CompletableFuture;

/** Tells an endpoint's monitor of the attempts that reach it, and of what makes suspicious. Belongs around one attempt. */
public final class WatchingInvoker implements Invoker {
    private final Invoker delegate;
    private final EndpointMonitor monitor;

    public WatchingInvoker(Invoker delegate, EndpointMonitor monitor) {
        this.delegate = delegate;
        this.monitor = monitor;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        long beganNanos = monitor.began();
        CompletableFuture<Answer> attempt;
        try {
            attempt = delegate.invoke(invocation);
        } catch (Throwable bug) {
            monitor.ended(beganNanos, Sign.NONE);
            throw bug;
        }
        return attempt.whenComplete((answer, thrown) -> {
            boolean isAnswer = InvocationFailed.isAnswer(thrown);
            monitor.ended(beganNanos, isAnswer ? Sign.LIFE : sign(Outcome.of(answer, thrown)));
        });
    }

    /** What the end of an attempt says to those who watch. */
    enum Sign {
        /** It answered, whatever. */
        LIFE,
        /** Nothing. */
        NONE,
        /** It could not be reached, or broke off: one look at it is in order. */
        TROUBLE,
        /** It did not answer in time: perhaps it hangs. */
        HANG
    }

    private static Sign sign(Outcome outcome) {
        if (!(outcome instanceof Outcome.Failed failed)) {
            return Sign.LIFE;
        }
        return switch (Blame.of(failed.failure().code())) {
            case ANSWERED, PUSHED_BACK -> Sign.LIFE;
            case UNREACHABLE, BROKEN, GARBLED -> Sign.TROUBLE;
            case SILENT, UNCLEAR -> Sign.HANG;
            case OTHERS -> Sign.NONE;
        };
    }

    @Override
    public String toString() {
        return "WatchingInvoker[" + delegate + "]";
    }
}
