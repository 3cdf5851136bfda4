package io.toolstream.worker.limits;

import io.toolstream.settings.ConcurrencySettings;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Capacity;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A tool server with its limits, in simulated time. */
final class Limited {
    final ServerPermits permits;
    final WorkerSlots slots;
    private final Simulation simulation;
    private final Invoker invoker;

    Limited(Simulation simulation, Invoker tools, ConcurrencySettings settings) {
        this(simulation, tools, settings, new WorkerSlots(1_000_000, 1_000_000));
    }

    Limited(Simulation simulation, Invoker tools, ConcurrencySettings settings, WorkerSlots slots) {
        this(simulation, tools, settings, slots, Capacity.SHARED);
    }

    Limited(Simulation simulation, Invoker tools, ConcurrencySettings settings, WorkerSlots slots, Capacity capacity) {
        this.simulation = simulation;
        this.slots = slots;
        this.permits = new ServerPermits("fs", settings, capacity, slots, simulation.clockwork(), LimitObserver.NONE);
        this.invoker = new LimitingInvoker(tools, permits);
    }

    CompletableFuture<Answer> invoke(Invocation invocation) {
        return invoker.invoke(invocation);
    }

    void send(Invocation invocation) {
        var unused = invoke(invocation);
    }

    List<CompletableFuture<Answer>> invoke(int calls) {
        return IntStream.range(0, calls).mapToObj(i -> invoke(Calls.any())).toList();
    }

    /** One call after the other for so long. */
    List<CompletableFuture<Answer>> feed(Duration time, Duration apart) {
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        long endNanos = simulation.nowNanos() + time.toNanos();
        while (simulation.nowNanos() < endNanos) {
            calls.add(invoke(Calls.any()));
            simulation.run(apart);
        }
        return calls;
    }
}
