package io.toolstream.worker.effects;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.LogFollower;
import io.toolstream.kafka.Publisher;
import io.toolstream.kafka.RecordReader;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.EffectCodec;
import io.toolstream.wire.EffectEntry;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The effects topic on a broker. */
final class KafkaEffectLog implements EffectLog {
    private static final Logger log = LoggerFactory.getLogger(KafkaEffectLog.class);

    private final EffectCodec codec = new EffectCodec();
    private final String topic;
    private final Publisher publisher;
    private final RecordReader single;
    private final LogFollower follower;

    /** {@code publisher} does not give up by itself; it is not closed here. */
    KafkaEffectLog(KafkaConnection connection, String topic, Publisher publisher, Duration reach) {
        this.topic = topic;
        this.publisher = publisher;
        this.single = new RecordReader(connection);
        this.follower = LogFollower.start(connection, topic, reach);
    }

    @Override
    public CompletableFuture<Long> append(int partition, EffectEntry entry) {
        return publisher.publish(topic, partition, codec.encode(entry)).thenApply(RecordPosition::offset);
    }

    @Override
    public CompletableFuture<EffectEntry> read(int partition, long offset) {
        return single.read(new RecordPosition(topic, partition, offset)).thenApply(record -> {
            if (codec.decode(record) instanceof Decoded.WellFormed<EffectEntry> decoded) {
                return decoded.value();
            }
            throw new IllegalStateException("no entry at " + record.position());
        });
    }

    @Override
    public void follow(int partition, Reader reader) {
        follower.follow(partition, new Listener(reader));
    }

    @Override
    public void leave(int partition) {
        follower.leave(partition);
    }

    @Override
    public void hurry() {
        follower.hurry();
    }

    @Override
    public void close() {
        follower.close();
        single.close();
    }

    /** Hands the entries of one partition to its reader, on the follower's thread. */
    private final class Listener implements LogFollower.Listener {
        private final Reader reader;

        Listener(Reader reader) {
            this.reader = reader;
        }

        @Override
        public void startsAt(long offset) {
            reader.startAt(offset);
        }

        @Override
        public void read(InboundRecord record) {
            reader.read(record.position().offset(), entry(record), record.timestampMillis());
        }

        @Override
        public void readUpTo(long nextOffset) {
            reader.readUpTo(nextOffset);
        }

        @Override
        public boolean isAwaited() {
            return reader.isAwaited();
        }

        private @Nullable EffectEntry entry(InboundRecord record) {
            Decoded<EffectEntry> decoded = codec.decode(record);
            if (decoded instanceof Decoded.Malformed<EffectEntry> malformed) {
                log.warn("{} is no record of the ledger: {}", record.position(), malformed.why());
                return null;
            }
            return ((Decoded.WellFormed<EffectEntry>) decoded).value();
        }
    }
}
