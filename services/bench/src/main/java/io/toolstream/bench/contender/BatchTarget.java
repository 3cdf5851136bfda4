package io.toolstream.bench.contender;

import io.toolstream.bench.load.Clock;
import io.toolstream.bench.load.Target;
import io.toolstream.client.BatchOptions;
import io.toolstream.client.BatchResults;
import io.toolstream.client.CallResult;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.wire.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** The line by way of one endless batch: calls leave together, 100 in a record, or what there is once none is under way. */
final class BatchTarget implements Target {
    private static final int IN_FLIGHT = 2_000;
    private static final int RECORD = 100;
    private static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final ToolClient client;
    private final LongFunction<ToolCall> calls;
    private final ObjLongConsumer<Reply> check;
    private final BlockingQueue<Wanted> wanted = new LinkedBlockingQueue<>();
    private final Thread driver = new Thread(this::drive, "batch");

    private BatchTarget(ToolClient client, LongFunction<ToolCall> calls, ObjLongConsumer<Reply> check) {
        this.client = client;
        this.calls = calls;
        this.check = check;
    }

    /** @param check throws at a wrong answer */
    static BatchTarget start(ToolClient client, LongFunction<ToolCall> calls, ObjLongConsumer<Reply> check) {
        BatchTarget target = new BatchTarget(client, calls, check);
        target.driver.setDaemon(true);
        target.driver.start();
        return target;
    }

    private record Wanted(long number, CompletableFuture<Void> checked) {}

    @Override
    public CompletionStage<?> call(long number) {
        Wanted one = new Wanted(number, new CompletableFuture<>());
        wanted.add(one);
        return one.checked();
    }

    private void drive() {
        Source source = new Source();
        try (BatchResults results =
                client.batch(() -> source, BatchOptions.fresh().withInFlight(IN_FLIGHT))) {
            while (!Thread.currentThread().isInterrupted()) {
                if (results.hasNext()) {
                    CallResult result = results.next();
                    finish(source.sent.remove(), result);
                }
            }
        } catch (CancellationException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(Wanted one, CallResult result) {
        try {
            check.accept(result.orThrow(), one.number());
            one.checked().complete(null);
        } catch (RuntimeException wrongOrNone) {
            one.checked().completeExceptionally(wrongOrNone);
        }
    }

    /** Says that there are none as long as they would not fill a record: the driver is not to wait beside results. On its thread. */
    private final class Source implements Iterator<ToolCall> {
        final Deque<Wanted> sent = new ArrayDeque<>();
        private @Nullable Wanted next;
        private int leaving;

        @Override
        public boolean hasNext() {
            if (next == null) {
                leaving = leaving == 0 ? toLeave() : leaving;
                next = leaving == 0 ? null : wanted.poll();
            }
            return next != null;
        }

        private int toLeave() {
            if (sent.isEmpty()) {
                Clock.SYSTEM.awaitNanos(System.nanoTime() + GATHER_NANOS);
            }
            int waiting = wanted.size();
            return waiting >= RECORD || sent.isEmpty() ? Math.min(waiting, RECORD) : 0;
        }

        @Override
        public ToolCall next() {
            Wanted one = next;
            if (one == null) {
                throw new NoSuchElementException("asked before");
            }
            next = null;
            leaving--;
            sent.add(one);
            return calls.apply(one.number());
        }
    }

    @Override
    public void close() {
        driver.interrupt();
    }
}
