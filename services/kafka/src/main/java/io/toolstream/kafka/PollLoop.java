package io.toolstream.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a poll thread: the only one to touch the consumer from its first to its last call. {@link #turn} is one
 * round: hand over what waits, note what is done, commit if due, read more if there is room. While there is none it waits
 * for completions instead of records and polls, paused, often enough to stay a member.
 */
final class PollLoop {
    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

    private static final long LONGEST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STALLED_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long BARRED_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration LAST_COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final ConsumerEngineSettings settings;
    private final LongSupplier nanoTime;
    private final StopSwitch stop;
    private final InFlight inFlight;
    private final Completions completions;
    private final Dispatcher dispatcher;
    private final Assignments assignments;
    private final Committer committer;
    private final Takeovers takeovers;
    private final Isolation isolation;
    private final FlowControl flow;
    private final Trouble trouble = new Trouble("records cannot be read");
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private long nextStalledPollNanos;
    private boolean isMarkDue;
    private boolean isDraining;
    private volatile boolean isStalled;
    private volatile boolean hasDrained;

    PollLoop(
            Consumer<byte[], byte[]> consumer,
            ConsumerEngineSettings settings,
            RecordHandler handler,
            int holder,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.stop = new StopSwitch(new PollSignal(), consumer::wakeup, nanoTime);
        this.inFlight = new InFlight(settings.maxInFlight(), settings.maxInFlightBytes());
        this.completions = new Completions(inFlight, stop);
        this.dispatcher = new Dispatcher(handler, completions, stop);
        this.takeovers = new Takeovers(consumer, holder, nanoTime);
        this.assignments = new Assignments(completions, dispatcher, takeovers, settings, nanoTime);
        this.committer = new Committer(consumer, settings.commitInterval(), nanoTime);
        this.isolation = new Isolation(dispatcher, committer);
        this.flow = new FlowControl(consumer);
    }

    /** All of the thread's life. */
    void run() {
        try {
            subscribe();
            while (!stop.isOn()) {
                turn();
            }
            drain();
        } catch (Throwable e) { // the thread's backstop: whatever it was, the group must not keep a dead member
            stop.fail(e);
        }
        leave();
    }

    void subscribe() {
        RebalanceListener listener =
                new RebalanceListener(assignments, committer, stop, settings.revokeDrain(), nanoTime, this::onAssigned);
        consumer.subscribe(settings.topics(), listener);
    }

    void turn() {
        dispatcher.release();
        isolation.turn(assignments.all());
        handOver();
        assignments.advance();
        committer.commitIfDue(assignments.all());
        isStalled = isDraining || dispatcher.isHolding() || !dispatcher.hasRoom();
        if (dispatcher.isBarred()) {
            flow.pauseAll();
            read(BARRED_POLL_NANOS);
        } else if (isStalled) {
            flow.pauseAll();
            awaitRoom();
        } else {
            flow.readAllButFull(assignments.all());
            read(Math.min(LONGEST_POLL_NANOS, committer.nanosToNext()));
        }
    }

    /** Marks, if need be, what is handed over; what cannot be marked waits. */
    private void handOver() {
        if (isMarkDue && !stop.isOn()) {
            isMarkDue = !committer.mark(assignments.all());
        }
        dispatcher.handOver();
        if (dispatcher.isBarred() && committer.mark(assignments.all())) {
            dispatcher.handOver();
        }
    }

    /** Asks the loop to end. Any thread. */
    void stop(Duration drain) {
        stop.request(drain);
    }

    CompletableFuture<Void> assigned() {
        return assigned;
    }

    CompletableFuture<Void> terminated() {
        return terminated;
    }

    /** True once the loop has ended with nothing left to finish or to commit. */
    boolean hasDrained() {
        return hasDrained;
    }

    /** Any thread. */
    EngineSnapshot snapshot() {
        return new EngineSnapshot(
                inFlight.count(),
                inFlight.bytes(),
                dispatcher.held(),
                isStalled,
                dispatcher.handled(),
                assignments.skipped(),
                completions.stale(),
                takeovers.crashes(),
                committer.succeeded(),
                committer.failed(),
                troubleNow(),
                assignments.snapshot());
    }

    private @Nullable String troubleNow() {
        String reading = trouble.now();
        return reading == null ? committer.trouble() : reading;
    }

    private void onAssigned() {
        if (isStalled) {
            flow.pauseAll();
        }
        isMarkDue = true; // at once: no record is to wait for it
        assigned.complete(null);
    }

    private void awaitRoom() {
        BooleanSupplier isDue = isDraining ? () -> inFlight.count() == 0 : () -> dispatcher.hasRoom() || stop.isOn();
        long left = nextStalledPollNanos - nanoTime.getAsLong();
        if (left > 0) {
            stop.signal().await(isDue, left);
        } else {
            read(0);
        }
    }

    private void read(long maxNanos) {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofNanos(maxNanos));
            nextStalledPollNanos = nanoTime.getAsLong() + STALLED_POLL_NANOS;
            trouble.over();
            assignments.read(records, this::rewind);
        } catch (WakeupException e) {
            log.trace("woken"); // to look again at what this turn began with
        } catch (KafkaException e) {
            if (!PollFailures.mayPass(e, assigned.isDone())) {
                throw e;
            }
            trouble.met(e);
            stop.signal().await(stop::isOn, BACK_OFF_NANOS);
        }
    }

    private void rewind(TopicPartition partition, long offset) {
        if (offset == OffsetTracker.UNKNOWN) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, offset);
        }
    }

    /** Stays a member, reading nothing, until what is in flight has ended or the time for it is over. */
    private void drain() {
        isDraining = true;
        while (inFlight.count() > 0 && stop.drainNanosLeft() > 0) {
            turn();
        }
    }

    private void leave() {
        try {
            boolean isIdle = inFlight.count() == 0;
            assignments.advance();
            boolean isCommitted = committer.commitNow(assignments.all(), lastWord(), LAST_COMMIT_TIMEOUT);
            assignments.fence(assignments.all());
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
            hasDrained = isIdle && isCommitted && stop.failure() == null;
        } catch (RuntimeException e) {
            log.warn("the consumer did not close in good order", e);
        } finally {
            end();
        }
    }

    /** A failure of the handler is as bad as a crash for the records it has: the partitions are not given back in order. */
    private CommitKind lastWord() {
        Throwable failure = stop.failure();
        return failure == null || failure instanceof KafkaException ? CommitKind.RELEASE : CommitKind.PROGRESS;
    }

    private void end() {
        Throwable failure = stop.failure();
        if (failure == null) {
            log.info("ended, {} records in flight run again", inFlight.count());
            terminated.complete(null);
        } else {
            log.error("ended by a failure, {} records in flight run again", inFlight.count(), failure);
            terminated.completeExceptionally(failure);
        }
        assigned.completeExceptionally(new IllegalStateException("the engine has ended", failure));
    }
}
