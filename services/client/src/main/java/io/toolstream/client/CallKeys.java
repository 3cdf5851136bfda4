package io.toolstream.client;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.StartAt;
import io.toolstream.wire.CacheMode;
import io.toolstream.wire.CallKey;
import io.toolstream.wire.Target;
import io.toolstream.wire.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of calls whose answers workers may keep: equal calls get equal ones, and so meet on one worker, where they are
 * executed once. Learns from the catalogue topic which calls these are; as long as that is not known, calls have none, and
 * lose nothing but that. Any thread; only {@link #close} blocks.
 *
 * <p>Guarded by {@code this}: the follower of now and whether it is closed.
 */
final class CallKeys implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallKeys.class);

    /** Whoever makes one call and leaves does without. */
    private static final Duration BEGIN_DELAY = Duration.ofSeconds(1);

    /** There is no such topic before the first worker's start. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

    private final CacheableTools tools;
    private final Supplier<PartitionFollower> starter;
    private final Alarm alarm;
    private @Nullable PartitionFollower follower;
    private boolean isClosed;

    CallKeys(CacheableTools tools, Supplier<PartitionFollower> starter, Alarm alarm) {
        this.tools = tools;
        this.starter = starter;
        this.alarm = alarm;
    }

    /** Begins to learn, after a moment. */
    static CallKeys following(KafkaConnection kafka, TopicNames topics, Alarm alarm) {
        CacheableTools tools = new CacheableTools();
        CallKeys keys = new CallKeys(
                tools,
                () -> PartitionFollower.of(PartitionTail.start(kafka, topics.catalogue(), StartAt.BEGINNING, tools)),
                alarm);
        keys.beginIn(BEGIN_DELAY);
        return keys;
    }

    private void beginIn(Duration delay) {
        alarm.in(delay, this::begin);
    }

    void begin() {
        PartitionFollower started = start();
        if (started != null) {
            started.terminated().whenComplete((ended, failure) -> {
                if (failure != null) {
                    log.debug("the catalogue is not followed: {}", failure.getMessage());
                    beginIn(RETRY_DELAY);
                }
            });
        }
    }

    private synchronized @Nullable PartitionFollower start() {
        if (isClosed) {
            return null;
        }
        try {
            follower = starter.get();
            return follower;
        } catch (RuntimeException e) {
            log.debug("the catalogue is not followed: {}", e.getMessage());
            beginIn(RETRY_DELAY);
            return null;
        }
    }

    /** The digest of what the call asks for, as hex; null where its answer is not kept, or is not what the caller wants. */
    byte @Nullable [] of(ToolCall call) {
        Target tool = tools.find(call.target());
        String server = tool == null ? null : tool.server();
        boolean wantsAnswer =
                call.wishes().cache() != CacheMode.BYPASS && call.wishes().resume() == null;
        if (tool == null || server == null || !wantsAnswer) {
            return null;
        }
        try {
            return CallKey.of(call.context().tenant(), server, tool.tool(), call.argumentsObject())
                    .hex()
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException malformed) {
            return null; // the worker says what is wrong with them
        }
    }

    @Override
    public void close() {
        PartitionFollower running;
        synchronized (this) {
            isClosed = true;
            running = follower;
        }
        if (running != null) {
            running.close();
        }
    }
}
