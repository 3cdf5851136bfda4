package io.toolstream.client;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.ParkedCodec;
import io.toolstream.wire.ParkedEntry;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TopicNames;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls that wait on the parked topic for their tool servers, as of one moment; in the order of their due times.
 *
 * @param calls at most as many as workers park: some thousands on each partition
 */
public record ParkedCalls(List<ParkedCall> calls) {
    /** One waiting call, or a record of several, and where it stands. */
    public record ParkedCall(RecordPosition position, Waiting waiting) {}

    public ParkedCalls {
        calls = List.copyOf(calls);
    }

    /** How many calls wait: each of a record of several counts. */
    public int count() {
        return calls.stream().mapToInt(call -> call.waiting().calls()).sum();
    }

    /**
     * Reads the topic once, on the calling thread; blocks until then.
     *
     * @throws io.toolstream.kafka.BrokerUnavailableException if there is no such topic, or it cannot be read
     */
    public static ParkedCalls read(KafkaConnection connection, TopicNames topics) {
        Map<RecordPosition, ParkedCall> waiting = new HashMap<>();
        ParkedCodec codec = new ParkedCodec();
        RangeReader.readAll(connection, topics.parked(), record -> {
            if (codec.decode(record) instanceof Decoded.WellFormed<ParkedEntry> entry) {
                learn(waiting, record, entry.value());
            }
        });
        return new ParkedCalls(waiting.values().stream()
                .sorted(Comparator.<ParkedCall>comparingLong(
                                call -> call.waiting().dueMillis())
                        .thenComparing(call -> call.position().partition())
                        .thenComparing(call -> call.position().offset()))
                .toList());
    }

    private static void learn(Map<RecordPosition, ParkedCall> waiting, InboundRecord record, ParkedEntry entry) {
        RecordPosition position = record.position();
        if (entry instanceof Waiting call) {
            waiting.put(position, new ParkedCall(position, call));
        } else if (entry instanceof Returned back) {
            waiting.remove(new RecordPosition(position.topic(), position.partition(), back.offset()));
        }
    }
}
