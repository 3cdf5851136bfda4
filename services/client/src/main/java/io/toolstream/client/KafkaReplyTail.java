package io.toolstream.client;

import io.toolstream.kafka.PartitionCounts;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.StartAt;
import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one partition of the reply topic, chosen by the client's name. Tries for as long as it takes, since a service may
 * start before its broker or before the topic is made, and begins anew when the tail breaks.
 */
final class KafkaReplyTail implements ReplyTail {
    private static final Logger log = LoggerFactory.getLogger(KafkaReplyTail.class);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);

    private final ClientSettings settings;
    private final int instanceHash;
    private final PartitionCounts counts;
    private final Alarm alarm;
    private final Consumer<InboundRecord> onReply;
    private volatile CompletableFuture<Integer> ready = new CompletableFuture<>();
    private volatile @Nullable String trouble = "not yet connected";
    private @Nullable PartitionTail tail;
    private boolean closed;

    KafkaReplyTail(
            ClientSettings settings,
            String instanceId,
            PartitionCounts counts,
            Alarm alarm,
            Consumer<InboundRecord> onReply) {
        this.settings = settings;
        this.instanceHash = instanceId.hashCode();
        this.counts = counts;
        this.alarm = alarm;
        this.onReply = onReply;
        begin();
    }

    @Override
    public CompletableFuture<Integer> ready() {
        return ready;
    }

    @Override
    public @Nullable String trouble() {
        return trouble;
    }

    private void begin() {
        CompletionStage<Integer> counting = counts.partitions(settings.replyTopic());
        counting.whenComplete((count, failure) -> {
            if (failure == null) {
                follow(Math.floorMod(instanceHash, count));
            } else {
                retry(failure);
            }
        });
    }

    private synchronized void follow(int partition) {
        if (closed) {
            return;
        }
        PartitionTail started =
                PartitionTail.start(settings.kafka(), settings.replyTopic(), Set.of(partition), StartAt.END, onReply);
        tail = started;
        CompletionStage<Void> beginning = started.ready();
        beginning.thenRun(() -> {
            trouble = null;
            ready.complete(partition);
        });
        CompletionStage<Void> end = started.terminated();
        end.whenComplete((ended, failure) -> {
            if (failure != null) {
                log.warn("The tail of {}-{} broke, beginning anew", settings.replyTopic(), partition, failure);
                retry(failure);
            }
        });
    }

    private synchronized void retry(Throwable failure) {
        if (closed) {
            return;
        }
        trouble = failure.getMessage();
        if (ready.isDone()) {
            ready = new CompletableFuture<>();
        }
        alarm.in(RETRY_DELAY, this::begin);
    }

    @Override
    public void close() {
        PartitionTail running;
        synchronized (this) {
            closed = true;
            running = tail;
        }
        if (running != null) {
            running.close();
        }
        ready.completeExceptionally(new ClientClosed("the client is closed"));
    }
}
