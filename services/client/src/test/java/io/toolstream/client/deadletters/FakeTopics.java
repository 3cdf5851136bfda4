package io.toolstream.client.deadletters;

import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Topics in memory; a process can be killed before any of its records. */
final class FakeTopics implements Topics {
    static final int PARTITIONS = 3;

    private final Map<String, List<List<InboundRecord>>> topics = new HashMap<>();
    private final Map<String, List<Consumer<InboundRecord>>> followers = new HashMap<>();
    private BiFunction<String, OutboundRecord, @Nullable PublishException> refusing = (topic, record) -> null;
    private int lives = Integer.MAX_VALUE;
    private int blind;
    private boolean isAway;

    /** The end of a process, wherever it was. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    FakeTopics(String... names) {
        List.of(names).forEach(this::make);
    }

    void make(String name) {
        List<List<InboundRecord>> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new ArrayList<>());
        }
        topics.put(name, partitions);
    }

    void delete(String name) {
        topics.remove(name);
    }

    /** The next so many looks for a topic find none: the broker that is asked is behind. */
    void blindFor(int looks) {
        blind = looks;
    }

    /** No topic can be looked for any more. */
    void goAway() {
        isAway = true;
    }

    void comeBack() {
        isAway = false;
    }

    /** Records for which this gives a reason are not taken; that is told later, on another thread. */
    void refuse(BiFunction<String, OutboundRecord, @Nullable PublishException> why) {
        refusing = why;
    }

    /** The process dies instead of publishing more than so many records. */
    void dieAfter(int records) {
        lives = records;
    }

    List<InboundRecord> all(String topic) {
        return partitionsOf(topic).stream().flatMap(List::stream).toList();
    }

    RecordPosition put(String topic, int partition, OutboundRecord record) {
        List<InboundRecord> log = partitionsOf(topic).get(partition);
        RecordPosition position = new RecordPosition(topic, partition, log.size());
        InboundRecord stored =
                new InboundRecord(position, 1_800_000_000_000L, record.key(), record.value(), record.headers());
        log.add(stored);
        List.copyOf(followers.getOrDefault(topic, List.of())).forEach(follower -> follower.accept(stored));
        return position;
    }

    @Override
    public Optional<Integer> partitions(String topic) {
        if (blind > 0) {
            blind--;
            return Optional.empty();
        }
        return topics.containsKey(topic) ? Optional.of(PARTITIONS) : Optional.empty();
    }

    @Override
    public Optional<Integer> partitionsNow(String topic) {
        if (isAway) {
            throw new BrokerUnavailableException("nobody answers", new IllegalStateException());
        }
        return partitions(topic);
    }

    @Override
    public void read(String topic, Consumer<InboundRecord> each) {
        all(topic).forEach(each);
    }

    @Override
    public void readFrom(String topic, Map<Integer, Long> from, Consumer<InboundRecord> each) {
        new TreeMap<>(from)
                .forEach((partition, offset) -> List.copyOf(partitionsOf(topic).get(partition)).stream()
                        .filter(record -> record.position().offset() >= offset)
                        .forEach(each));
    }

    @Override
    public Map<Integer, Long> ends(String topic) {
        Map<Integer, Long> ends = new TreeMap<>();
        for (int i = 0; i < PARTITIONS; i++) {
            ends.put(i, (long) partitionsOf(topic).get(i).size());
        }
        return ends;
    }

    @Override
    public InboundRecord at(RecordPosition position) {
        return partitionsOf(position.topic()).get(position.partition()).get((int) position.offset());
    }

    @Override
    public AutoCloseable follow(String topic, Consumer<InboundRecord> each) {
        List<Consumer<InboundRecord>> all = followers.computeIfAbsent(topic, unused -> new ArrayList<>());
        all.add(each);
        return () -> all.remove(each);
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, int partition, OutboundRecord record) {
        if (lives == 0) {
            throw new Killed();
        }
        lives--;
        PublishException refusal = topics.containsKey(topic)
                ? refusing.apply(topic, record)
                : new PublishException(Kind.DESTINATION, "cannot publish to " + topic, null);
        return refusal == null
                ? CompletableFuture.completedFuture(put(topic, partition, record))
                : CompletableFuture.supplyAsync(() -> {
                    throw refusal;
                });
    }

    @Override
    public void close() {}

    private List<List<InboundRecord>> partitionsOf(String topic) {
        List<List<InboundRecord>> partitions = topics.get(topic);
        if (partitions == null) {
            throw new BrokerUnavailableException("no topic " + topic, new IllegalStateException());
        }
        return partitions;
    }
}
