package io.toolstream.worker;

import io.toolstream.kafka.Publisher;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.StateReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells on the events topic, once a second, how the worker and its tool servers are. No call waits for it: while a report is
 * under way there is no second one, and one that cannot be written is left out. Composed on {@code call-n}. Closed before the
 * producers.
 */
final class StateReports implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StateReports.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final EventCodec codec = new EventCodec();
    private final Supplier<StateReport> reports;
    private final Publisher publisher;
    private final String topic;
    private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null); // guarded by this
    private Future<?> looking = new CompletableFuture<>();

    /** @param publisher tries once */
    StateReports(Supplier<StateReport> reports, Publisher publisher, String topic) {
        this.reports = reports;
        this.publisher = publisher;
        this.topic = topic;
    }

    StateReports start(ScheduledExecutorService timer, Executor callThreads) {
        Runnable hop = () -> {
            try {
                callThreads.execute(this::tell);
            } catch (RejectedExecutionException closing) {
                looking.cancel(false);
            }
        };
        looking = timer.scheduleWithFixedDelay(hop, BETWEEN.toMillis(), BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    synchronized void tell() {
        if (!underWay.isDone()) {
            return;
        }
        try {
            underWay = publisher
                    .publish(topic, null, codec.encode(reports.get()))
                    .exceptionally(failure -> {
                        log.debug("a report of the worker's state is left out: {}", failure.getMessage());
                        return null;
                    });
        } catch (RuntimeException e) {
            log.debug("a report of the worker's state is left out", e);
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
    }
}
