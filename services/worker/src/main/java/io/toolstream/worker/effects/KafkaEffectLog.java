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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The effects topic on a broker. */
final class KafkaEffectLog implements EffectLog {
    private static final Logger log = LoggerFactory.getLogger(KafkaEffectLog.class);

    private final EffectCodec codec = new EffectCodec();
    private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();
    private final String topic;
    private final Publisher publisher;
    private final RecordReader single;
    private final LogFollower follower;

    /** {@code publisher} does not give up by itself; it is not closed here. */
    KafkaEffectLog(KafkaConnection connection, String topic, Publisher publisher, Duration reach) {
        this.topic = topic;
        this.publisher = publisher;
        this.single = new RecordReader(connection);
        this.follower = LogFollower.start(connection, topic, reach, new Listener());
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
        readers.put(partition, reader); // before anything is read
        follower.follow(partition);
    }

    @Override
    public void leave(int partition) {
        follower.leave(partition);
        readers.remove(partition);
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

    /** On the follower's thread. */
    private final class Listener implements LogFollower.Listener {
        @Override
        public void startsAt(int partition, long offset) {
            Reader reader = readers.get(partition);
            if (reader != null) {
                reader.startAt(offset);
            }
        }

        @Override
        public void read(InboundRecord record) {
            Reader reader = readers.get(record.position().partition());
            if (reader != null) {
                reader.read(record.position().offset(), entry(record), record.timestampMillis());
            }
        }

        @Override
        public boolean isAwaited() {
            return readers.values().stream().anyMatch(Reader::isAwaited);
        }

        private @Nullable EffectEntry entry(InboundRecord record) {
            Decoded<EffectEntry> decoded = codec.decode(record);
            if (decoded instanceof Decoded.Malformed<EffectEntry> malformed) {
                log.warn("{} is no record of the ledger: {}", record.position(), malformed.why());
                return null;
            }
            return ((Decoded.WellFormed<EffectEntry>) decoded).value();
        }

        @Override
        public void readUpTo(int partition, long nextOffset) {
            Reader reader = readers.get(partition);
            if (reader != null) {
                reader.readUpTo(nextOffset);
            }
        }
    }
}
