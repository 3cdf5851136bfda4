package io.toolstream.it.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.DeadLetterCause;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Dead letters on a broker, between records of others, and how often their calls were sent again. */
final class KeptLetters {
    static final int PARTITIONS = 3;

    private KeptLetters() {}

    static Map<String, Integer> timesSent(TestCluster cluster, TopicNames names) {
        Map<String, Integer> sent = new HashMap<>();
        RangeReader.readAll(
                cluster.connection(),
                names.calls(),
                record -> sent.merge(
                        record.headers().lastText(HeaderNames.REPLAY_OF).orElseThrow(), 1, Integer::sum));
        return sent;
    }

    static TopicNames topics(TestCluster cluster) {
        TopicNames names = new TopicNames(TestCluster.fresh("replay") + ".");
        List.of(names.calls(), names.deadLetters(), names.replays(), names.events(), names.catalogue())
                .forEach(topic -> cluster.makeTopic(topic, PARTITIONS));
        return names;
    }

    private static OutboundRecord foreign() {
        Header header = new Header("kafka_dlt-original-topic", "orders".getBytes(UTF_8));
        return new OutboundRecord(null, "{\"tool\":\"read\"}".getBytes(UTF_8), Headers.of(header));
    }

    static void keep(TestCluster cluster, TopicNames names, int count) {
        keep(cluster, names, List.of(names.calls()), count);
    }

    /** @param calls topics that the calls came from, in turn */
    static void keep(TestCluster cluster, TopicNames names, List<String> calls, int count) {
        DeadLetterCodec codec = new DeadLetterCodec();
        List<CompletableFuture<RecordPosition>> kept = new ArrayList<>();
        try (KafkaPublisher publisher = KafkaPublisher.bulk(cluster.connection())) {
            for (int i = 0; i < count; i++) {
                String tool = i % 5 == 0 ? "list" : "read";
                ErrorCode code = i % 3 == 0 ? ErrorCode.TIMED_OUT : ErrorCode.CONNECT_FAILED;
                InboundRecord original = new InboundRecord(
                        new RecordPosition(calls.get(i % calls.size()), i % PARTITIONS, i),
                        System.currentTimeMillis(),
                        null,
                        ("{\"server\":\"fs\",\"tool\":\"" + tool + "\",\"arguments\":{\"n\":" + i + "}}")
                                .getBytes(UTF_8),
                        Headers.NONE);
                DeadLetterCause cause = new DeadLetterCause(
                        code, "no answer after " + i + " ms", 1, System.currentTimeMillis(), "workers");
                kept.add(publisher.publish(names.deadLetters(), i % PARTITIONS, codec.encode(original, cause)));
                if (i % 50 == 0) {
                    kept.add(publisher.publish(names.deadLetters(), 0, new OutboundRecord(null, null, Headers.NONE)));
                    kept.add(publisher.publish(names.deadLetters(), 1, foreign()));
                }
            }
            CompletableFuture.allOf(kept.toArray(CompletableFuture<?>[]::new)).join();
        }
    }
}
