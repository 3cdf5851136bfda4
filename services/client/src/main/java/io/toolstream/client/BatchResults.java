package io.toolstream.client;

import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The results of a batch in the order of its calls, as they come. Whoever asks for the next one drives the batch: calls are
 * taken from their source and sent on that thread, which blocks while the next result is not there. So a reader that is
 * slow slows the batch down, and neither calls nor results pile up beyond the {@link BatchOptions.Window}. For one thread.
 *
 * <p>There is one result for each call, whatever became of it. A source that throws ends the batch there: the calls it gave
 * before have their results first, then {@link #next} throws the same, once. Closing ends the waiting; calls that were sent
 * go on.
 */
public final class BatchResults implements Iterator<CallResult>, AutoCloseable {
    /** What a call takes in a record beside its arguments, about. */
    private static final int ENVELOPE_BYTES = 400;

    private final Iterator<ToolCall> source;
    private final BatchOptions options;
    private final RecordSender sender;
    private final int recordCalls;

    private final Deque<ReplyFuture> window = new ArrayDeque<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicLong heldBytes = new AtomicLong();
    private final Semaphore ended = new Semaphore(0);
    private long sent;
    private long delivered;
    private boolean isClosed;
    private @Nullable RuntimeException sourceFailure;

    BatchResults(Iterator<ToolCall> source, BatchOptions options, RecordSender sender) {
        this.source = source;
        this.options = options;
        this.sender = sender;
        int quarter = Math.max(1, options.window().inFlight() / 4); // several records under way rather than one
        this.recordCalls = Math.min(options.records().calls(), quarter);
    }

    /** Whether {@link #next} has something to give or to throw. Asks the source where all that it gave is answered. */
    @Override
    public boolean hasNext() {
        return !window.isEmpty() || sourceHasNext() || sourceFailure != null;
    }

    private boolean sourceHasNext() {
        if (isClosed || sourceFailure != null) {
            return false;
        }
        try {
            return source.hasNext();
        } catch (RuntimeException e) {
            sourceFailure = e;
            return false;
        }
    }

    /** Null at the end of the source, and from where it has failed on. */
    private @Nullable ToolCall nextOfSource() {
        if (!sourceHasNext()) {
            return null;
        }
        try {
            return Objects.requireNonNull(source.next(), "the source of the batch gave null for a call");
        } catch (RuntimeException e) {
            sourceFailure = e;
            return null;
        }
    }

    /**
     * The result of the call of the next index. Blocks until it is there, at the latest a grace after the call's time-out.
     * What the source threw it throws too, behind the last result.
     *
     * @throws CancellationException if the thread is interrupted, which stays so; the batch may be gone on with
     * @throws NoSuchElementException when all is told, or after {@link #close}
     */
    @Override
    public CallResult next() {
        fill();
        ReplyFuture head = window.peek();
        if (head == null) {
            throw over();
        }
        while (!head.isDone()) {
            awaitAnEnd();
            fill();
        }
        window.remove();
        CallResult result = CallResult.of(delivered++, head);
        heldBytes.addAndGet(-bytes(result.reply()));
        return result;
    }

    private RuntimeException over() {
        RuntimeException failure = sourceFailure;
        if (failure == null) {
            return new NoSuchElementException("the batch of " + delivered + " calls is over");
        }
        sourceFailure = null;
        isClosed = true;
        return failure;
    }

    /**
     * Waits for the next result, at most so long, and sends meanwhile what there is room for. True where {@link #next} gives
     * it at once; false where the time is up, or the batch is over.
     *
     * @throws CancellationException if the thread is interrupted, which stays so
     */
    public boolean awaitNext(Duration atMost) {
        long untilNanos = System.nanoTime() + atMost.toNanos();
        fill();
        while (!window.isEmpty() && !isNextReady()) {
            if (!isEndWithin(untilNanos - System.nanoTime())) {
                return isNextReady();
            }
            fill();
        }
        return isNextReady();
    }

    /** True where {@link #next} does not wait: the next result is there already, or the source has failed behind the last. */
    public boolean isNextReady() {
        ReplyFuture head = window.peek();
        return head == null ? sourceFailure != null : head.isDone();
    }

    /** All that is left, for pipelines; the stream is to be closed, or read to its end. */
    public Stream<CallResult> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(this::close);
    }

    private void awaitAnEnd() {
        while (!isEndWithin(Long.MAX_VALUE)) {
            // as long as it takes: at the latest the call's time-out is an end
        }
    }

    private boolean isEndWithin(long nanos) {
        try {
            boolean isEnd = ended.tryAcquire(nanos, TimeUnit.NANOSECONDS);
            ended.drainPermits();
            return isEnd;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for result " + delivered + " of the batch");
        }
    }

    /** Sends while there is room for a whole record, so that records stay large when calls end one by one. */
    void fill() {
        boolean isMore = true;
        while (isMore && hasRoom()) {
            isMore = sendRecord();
        }
    }

    private boolean hasRoom() {
        BatchOptions.Window limits = options.window();
        boolean fits = unanswered.get() + recordCalls <= limits.inFlight()
                && window.size() + recordCalls <= limits.calls()
                && heldBytes.get() < limits.bytes();
        return fits || window.isEmpty();
    }

    /**
     * Takes as many calls as a record may hold; those that travel alone leave at once, the others together. False where the
     * source has no more.
     */
    private boolean sendRecord() {
        List<PendingCall> record = new ArrayList<>(recordCalls);
        int recordBytes = 0;
        ToolCall taken = null;
        for (int count = 0; count < recordCalls; count++) {
            taken = nextOfSource();
            if (taken == null) {
                break;
            }
            ToolCall call = prepared(taken, sent++);
            int bytes = bytes(call);
            if (call.wishes().orderingKey() != null || bytes > options.records().bytes()) {
                send(List.of(open(call)));
            } else {
                if (recordBytes + bytes > options.records().bytes()) {
                    send(record);
                    record.clear();
                    recordBytes = 0;
                }
                record.add(open(call));
                recordBytes += bytes;
            }
        }
        send(record);
        return taken != null;
    }

    /** A record of one would be told of twice: it is a call as any other, and goes to the partition of its key. */
    private void send(List<PendingCall> record) {
        if (record.size() == 1) {
            sender.dispatcher().begin(record.get(0));
        } else if (!record.isEmpty()) {
            sender.send(options.id() + "." + sent, record);
        }
    }

    private ToolCall prepared(ToolCall call, long index) {
        String name = options.id() + "-" + index;
        ToolCall named = call.naming().id() == null ? call.id(name) : call;
        CallWishes wishes = named.wishes();
        named = wishes.timeout() == null ? named.timeout(options.timeout()) : named;
        named = options.isKeyed() && wishes.idempotencyKey() == null ? named.idempotencyKey(name) : named;
        return options.priority() == null ? named : named.priority(options.priority());
    }

    private PendingCall open(ToolCall call) {
        Dispatcher dispatcher = sender.dispatcher();
        PendingCall pending = dispatcher.openOfBatch(call);
        long argumentBytes = call.argumentsJson().length();
        unanswered.incrementAndGet();
        heldBytes.addAndGet(argumentBytes);
        window.add(pending.future());
        CompletionStage<Reply> end = pending.future();
        end.whenComplete((reply, failure) -> {
            heldBytes.addAndGet(bytes(reply) - argumentBytes);
            unanswered.decrementAndGet();
            ended.release();
        });
        return pending;
    }

    private static int bytes(ToolCall call) {
        return ENVELOPE_BYTES
                + call.argumentsJson().length()
                + length(call.context().meta())
                + length(call.context().conversation());
    }

    private static int length(@Nullable RawJson json) {
        return json == null ? 0 : json.length();
    }

    private static long bytes(@Nullable Reply reply) {
        return reply == null ? 0 : length(reply.result());
    }

    /** Ends the waiting for what was sent, and sends nothing more. */
    @Override
    public void close() {
        isClosed = true;
        sourceFailure = null;
        window.forEach(reply -> reply.cancel(false));
        window.clear();
    }
}
