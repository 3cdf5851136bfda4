package io.toolstream.worker;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.runtime.Lifecycle;
import io.toolstream.runtime.Threads;
import io.toolstream.runtime.admin.HealthChecks;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What every part of a worker stands on; the first to be started and the last to be closed. */
record Foundation(
        ToolstreamSettings settings,
        Lifecycle lifecycle,
        HealthChecks health,
        Instruments instruments,
        WorkerThreads threads,
        InstantSource clock) {
    /** Enough for a part that has nothing to wait for. */
    static final Duration QUICK = Duration.ofSeconds(2);

    /** Enough for a part that says goodbye to somebody else. */
    static final Duration POLITE = Duration.ofSeconds(10);

    /**
     * The threads of the worker itself; its libraries bring their own.
     *
     * @param calls compute and never block
     * @param timer hands on to them
     */
    record WorkerThreads(ExecutorService calls, ScheduledExecutorService timer) implements AutoCloseable {
        static WorkerThreads start() {
            return new WorkerThreads(Threads.callPool(Runtime.getRuntime().availableProcessors()), Threads.timer());
        }

        @Override
        public void close() {
            timer.shutdownNow();
            calls.shutdownNow();
        }
    }

    static Foundation lay(ToolstreamSettings settings, Instruments instruments, Lifecycle lifecycle) {
        lifecycle.add("meters", instruments.meters(), QUICK);
        lifecycle.add("tracing", instruments.tracing(), POLITE);
        WorkerThreads threads = lifecycle.add("threads", WorkerThreads.start(), QUICK);
        return new Foundation(settings, lifecycle, new HealthChecks(), instruments, threads, InstantSource.system());
    }

    Meters meters() {
        return instruments.meters();
    }

    TopicNames topics() {
        return new TopicNames(settings.topics().prefix());
    }

    KafkaConnection kafka() {
        KafkaSettings kafka = settings.kafka();
        return new KafkaConnection(kafka.bootstrapServers(), kafka.clientId(), kafka.client());
    }
}
