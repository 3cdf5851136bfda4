package io.toolstream.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology running. A stream thread that fails is replaced: whatever it had begun is given up by the broker, and done
 * again. Any thread may ask; starting and closing block.
 */
final class StreamsRun implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StreamsRun.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaStreams streams;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();

    private StreamsRun(KafkaStreams streams) {
        this.streams = streams;
    }

    static StreamsRun start(Topology topology, Properties properties) {
        StreamsRun run = new StreamsRun(new KafkaStreams(topology, properties));
        run.streams.setStateListener((now, before) -> run.changed(now));
        run.streams.setUncaughtExceptionHandler(failure -> {
            log.error("a thread of the metrics app failed and is replaced", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        run.streams.start();
        return run;
    }

    private void changed(State now) {
        if (now == State.RUNNING) {
            ready.complete(null);
        } else if (now == State.ERROR) {
            terminated.completeExceptionally(new MetricsException("the metrics app cannot go on, see its log"));
        } else if (now == State.NOT_RUNNING) {
            terminated.complete(null);
        }
    }

    State state() {
        return streams.state();
    }

    /** What Kafka Streams and its clients tell of themselves, all of it. */
    Map<MetricName, ? extends Metric> metrics() {
        return streams.metrics();
    }

    /** Completes when its partitions are assigned and their state is there. */
    CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** Completes when it has ended: exceptionally unless {@link #close} ended it. */
    CompletableFuture<Void> terminated() {
        return terminated.copy();
    }

    /** Ends the transaction that is open, and leaves the group. */
    @Override
    public void close() {
        if (!streams.close(CLOSE_TIMEOUT)) {
            log.warn(
                    "the metrics app did not end within {} s: what it had begun is done again",
                    CLOSE_TIMEOUT.toSeconds());
        }
    }
}
