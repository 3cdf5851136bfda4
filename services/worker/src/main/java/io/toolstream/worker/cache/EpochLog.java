package io.toolstream.worker.cache;

import static java.util.concurrent.CompletableFuture.allOf;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.Publisher;
import io.toolstream.kafka.StartAt;
import io.toolstream.runtime.Threads;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.EpochCodec;
import io.toolstream.wire.EpochMark;
import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epochs on a broker. Its tail begins with the first question, since most workers keep nothing and need none; from then
 * on it reads the whole topic, one partition, and asks for its end several times a second: a worker that has lost the broker
 * knows so before a second has passed.
 */
public final class EpochLog implements Epochs, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EpochLog.class);
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final int MOST_TOOLS = 10_000;

    private final EpochCodec codec = new EpochCodec();
    private final EpochBook book = new EpochBook(MOST_TOOLS);
    private final KafkaConnection connection;
    private final String topic;
    private final Publisher publisher;
    private final AtomicBoolean isBegun = new AtomicBoolean();
    private boolean isClosed;
    private volatile @Nullable PartitionTail tail;

    /** {@code publisher} does not give up by itself; it is not closed here. */
    public EpochLog(KafkaConnection connection, String topic, Publisher publisher) {
        this.connection = connection;
        this.topic = topic;
        this.publisher = publisher;
    }

    @Override
    public KnownEpoch of(ToolName tool) {
        PartitionTail following = tail;
        if (following == null) {
            follow();
        }
        boolean isUpToDate = following != null && following.lagNanos() <= AnswerTiers.YOUNG.toNanos();
        return book.of(tool, isUpToDate);
    }

    /**
     * Begins to read, if it has not begun: so that the first call finds it done. On a thread of its own, since making a client
     * takes its time.
     */
    public void follow() {
        if (isBegun.compareAndSet(false, true)) {
            Threads.daemons("epochs").newThread(this::begin).start();
        }
    }

    private synchronized void begin() {
        if (!isClosed) {
            tail = PartitionTail.start(connection, topic, StartAt.BEGINNING, ASK_EVERY, this::read);
        }
    }

    /** On the tail's thread. */
    private void read(InboundRecord record) {
        if (codec.decode(record) instanceof Decoded.WellFormed<EpochMark> mark) {
            ToolName tool = new ToolName(mark.value().server(), mark.value().tool());
            book.read(tool, new Epoch(record.position().offset(), record.timestampMillis()));
        } else {
            log.warn("{} is no mark of an epoch", record.position());
        }
    }

    @Override
    public CompletableFuture<Void> advance(List<ToolName> tools, String by) {
        follow();
        return allOf(tools.stream().map(tool -> advance(tool, by)).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> advance(ToolName tool, String by) {
        book.sent(tool);
        return publisher
                .publish(topic, null, codec.encode(new EpochMark(tool.server(), tool.tool(), by)))
                .thenAccept(position -> book.acknowledged(tool, position.offset()));
    }

    /** Ends the tail. */
    @Override
    public void close() {
        PartitionTail following;
        synchronized (this) {
            isClosed = true;
            following = tail;
        }
        if (following != null) {
            following.close();
        }
    }
}
