package io.toolstream.client.deadletters;

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
import java.util.function.Consumer;

/** Topics in memory; a process can be killed before any of its records. */
final class FakeTopics implements Topics {
    static final int PARTITIONS = 3;

    private final Map<String, List<List<InboundRecord>>> topics = new HashMap<>();
    private final Map<String, List<Consumer<InboundRecord>>> followers = new HashMap<>();
    private int lives = Integer.MAX_VALUE;

    /** The end of a process, wherever it was. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    FakeTopics(String... names) {
        for (String name : names) {
            List<List<InboundRecord>> partitions = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new ArrayList<>());
            }
            topics.put(name, partitions);
        }
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
        return topics.containsKey(topic) ? Optional.of(PARTITIONS) : Optional.empty();
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
        return CompletableFuture.completedFuture(put(topic, partition, record));
    }

    @Override
    public void close() {}

    private List<List<InboundRecord>> partitionsOf(String topic) {
        List<List<InboundRecord>> partitions = topics.get(topic);
        if (partitions == null) {
            throw new DeadLettersException("no topic " + topic);
        }
        return partitions;
    }
}
