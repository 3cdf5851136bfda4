package io.toolstream.worker.limits;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A tool server in simulated time: answers after a while, or when it is told to. */
final class Tools implements Invoker {
    static final Answer ANSWER = new Answer(Status.OK, RawJson.of(new byte[] {'{', '}'}), 1);

    final List<Invocation> asked = new ArrayList<>();
    final Queue<CompletableFuture<Answer>> open = new ArrayDeque<>();
    int atOnce;
    int mostAtOnce;

    private final Simulation simulation;
    private final Supplier<Duration> takes;

    private Tools(Simulation simulation, Supplier<Duration> takes) {
        this.simulation = simulation;
        this.takes = takes;
    }

    static Tools taking(Simulation simulation, Duration time) {
        return new Tools(simulation, () -> time);
    }

    static Tools taking(Simulation simulation, Supplier<Duration> time) {
        return new Tools(simulation, time);
    }

    /** Answers nobody by itself. */
    static Tools hanging(Simulation simulation) {
        return new Tools(simulation, () -> Duration.ofDays(1_000));
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        asked.add(invocation);
        mostAtOnce = Math.max(mostAtOnce, ++atOnce);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        open.add(answer);
        simulation.in(takes.get(), () -> answer.complete(ANSWER));
        return answer.whenComplete((ignored, thrown) -> {
            atOnce--;
            open.removeIf(other -> other == answer);
        });
    }

    void answerFirst() {
        open.element().complete(ANSWER);
    }

    void failFirst(Failure failure) {
        open.element().completeExceptionally(new InvocationFailed(failure));
    }

    static Failure rateLimited(Duration retryAfter) {
        return Failure.beforeDispatch(ErrorCode.RATE_LIMITED, "as told").retryAfter(retryAfter);
    }
}
