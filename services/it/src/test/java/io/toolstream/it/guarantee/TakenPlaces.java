package io.toolstream.it.guarantee;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.EventsRecord;
import io.toolstream.wire.TopicNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How many places in flight workers had taken in some time, as they tell of themselves once a second. */
final class TakenPlaces {
    private TakenPlaces() {}

    /** Sorted. Reads the whole topic. */
    static List<Long> between(KafkaConnection connection, TopicNames topics, long fromMillis, long toMillis) {
        EventCodec codec = new EventCodec();
        List<Long> taken = new ArrayList<>();
        RangeReader.readAll(connection, topics.events(), record -> {
            if (codec.decode(record) instanceof Decoded.WellFormed<EventsRecord> told) {
                told.value().reports().stream()
                        .filter(report -> report.timestampMillis() >= fromMillis && report.timestampMillis() < toMillis)
                        .forEach(report -> taken.add(report.load().inFlight()));
            }
        });
        Collections.sort(taken);
        return taken;
    }
}
