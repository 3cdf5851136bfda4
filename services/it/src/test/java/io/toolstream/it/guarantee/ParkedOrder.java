package io.toolstream.it.guarantee;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.ParkedCodec;
import io.toolstream.wire.ParkedEntry;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which calls came back, as it stands on the two topics: on each partition that of their due times. What a
 * killed worker had written and not marked comes once more, after others; only its first return counts.
 *
 * @param stays how often calls were parked
 * @param returns records on the calls topic that came back, those that came once more included
 * @param again those
 * @param early calls that came back before one with an earlier due time
 */
record ParkedOrder(int stays, int returns, int again, List<String> early) {
    private record Stay(int partition, String id, String times) {}

    static ParkedOrder read(KafkaConnection connection, TopicNames topics) {
        Map<Stay, Long> due = new HashMap<>();
        ParkedCodec codec = new ParkedCodec();
        RangeReader.readAll(connection, topics.parked(), record -> {
            if (codec.decode(record) instanceof Decoded.WellFormed<ParkedEntry> entry
                    && entry.value() instanceof Waiting waiting) {
                String times = Integer.toString(waiting.times());
                // Parked twice where a worker was killed before it had committed: what is due first comes back first.
                due.merge(new Stay(record.position().partition(), waiting.id(), times), waiting.dueMillis(), Math::min);
            }
        });
        Map<Integer, Long> last = new HashMap<>();
        Set<Stay> seen = new HashSet<>();
        List<String> early = new ArrayList<>();
        int[] again = new int[1];
        RangeReader.readAll(connection, topics.calls(), record -> {
            String times = record.headers().lastText(HeaderNames.PARKED).orElse("");
            Stay stay = new Stay(record.position().partition(), CallDecoder.nameOf(record), times);
            Long its = due.get(stay);
            if (its != null && !seen.add(stay)) {
                again[0]++;
            } else if (its != null) {
                long before = last.merge(stay.partition(), its, Math::max);
                if (before > its) {
                    early.add("%s, due %d ms before one that came back earlier".formatted(stay, before - its));
                }
            }
        });
        return new ParkedOrder(due.size(), seen.size() + again[0], again[0], early);
    }
}
