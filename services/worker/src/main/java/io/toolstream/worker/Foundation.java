package io.toolstream.worker;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.runtime.Lifecycle;
import io.toolstream.runtime.Threads;
import io.toolstream.runtime.admin.HealthChecks;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What every part of a worker stands on; the first to be started and the last to be closed. */
record Foundation(
        ToolstreamSettings settings,
        TopicNames topics,
        KafkaConnection kafka,
        Lifecycle lifecycle,
        HealthChecks health,
        Meters meters,
        ExecutorService callThreads,
        ScheduledExecutorService timer,
        InstantSource clock) {
    /** Enough for a part that has nothing to wait for. */
    static final Duration QUICK = Duration.ofSeconds(2);

    /** Enough for a part that says goodbye to somebody else. */
    static final Duration POLITE = Duration.ofSeconds(10);

    static Foundation lay(ToolstreamSettings settings, Lifecycle lifecycle) {
        Meters meters = lifecycle.add("meters", new Meters(), QUICK);
        ExecutorService callThreads = Threads.callPool(Runtime.getRuntime().availableProcessors());
        lifecycle.add("call threads", callThreads::shutdownNow, QUICK);
        ScheduledExecutorService timer = Threads.timer();
        lifecycle.add("timer", timer::shutdownNow, QUICK);
        return new Foundation(
                settings,
                new TopicNames(settings.topics().prefix()),
                new KafkaConnection(
                        settings.kafka().bootstrapServers(),
                        settings.kafka().clientId(),
                        settings.kafka().client()),
                lifecycle,
                new HealthChecks(),
                meters,
                callThreads,
                timer,
                InstantSource.system());
    }
}
