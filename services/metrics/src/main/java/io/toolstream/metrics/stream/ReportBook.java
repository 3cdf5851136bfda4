package io.toolstream.metrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.StateFigures;
import io.toolstream.wire.StateFigures.Count;
import io.toolstream.wire.StateReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What each worker told last, for the difference to what it tells next. Bounded by the workers of the last hour. The first
 * report of a worker of which nothing is known counts from its start, unless that is long ago: then from this report on.
 */
final class ReportBook {
    private static final List<Count> COUNTS = List.of(Count.values());

    private static final byte KIND = 2;
    private static final byte NEXT_KIND = 3;
    private static final Duration FORGET = Duration.ofHours(1);
    private static final Duration YOUNG = Duration.ofMinutes(5);

    private final KeyValueStore<Bytes, byte[]> store;

    ReportBook(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** What a worker told, without how it was then. */
    private record Told(long lifeMillis, long sequence, long timestampMillis, Map<String, StateFigures> servers) {}

    /** By server, what was counted since the last report; empty if this one was read before. */
    Optional<Map<String, StateFigures>> difference(StateReport report) {
        Bytes key = key(report.worker());
        Told last = read(store.get(key));
        if (last != null && isOld(report, last)) {
            return Optional.empty();
        }
        Told now = told(report);
        if (last == null || last.lifeMillis() != report.lifeMillis()) {
            forgetThoseGone(report.timestampMillis());
        }
        store.put(key, write(now));
        return Optional.of(difference(now, base(last, now)));
    }

    private static boolean isOld(StateReport report, Told last) {
        return report.lifeMillis() < last.lifeMillis()
                || (report.lifeMillis() == last.lifeMillis() && report.sequence() <= last.sequence());
    }

    private static Map<String, StateFigures> base(@Nullable Told last, Told now) {
        if (last != null) {
            return last.lifeMillis() == now.lifeMillis() ? last.servers() : Map.of();
        }
        return now.timestampMillis() - now.lifeMillis() <= YOUNG.toMillis() ? Map.of() : now.servers();
    }

    private static Map<String, StateFigures> difference(Told now, Map<String, StateFigures> base) {
        Map<String, StateFigures> differences = new LinkedHashMap<>();
        now.servers().forEach((server, counts) -> {
            StateFigures before = base.getOrDefault(server, new StateFigures());
            StateFigures more = new StateFigures();
            for (Count count : Count.values()) {
                more.add(count, Math.max(0, counts.of(count) - before.of(count)));
            }
            differences.put(server, more);
        });
        return differences;
    }

    private static Told told(StateReport report) {
        Map<String, StateFigures> servers = new LinkedHashMap<>();
        report.servers().forEach(server -> servers.put(server.server(), counts(server)));
        return new Told(report.lifeMillis(), report.sequence(), report.timestampMillis(), servers);
    }

    private static StateFigures counts(StateReport.OfServer server) {
        StateFigures counts = new StateFigures();
        counts.add(Count.OPEN_MILLIS, server.breaker().openMillis());
        counts.add(Count.TRANSITIONS, server.breaker().transitions());
        counts.add(Count.OPENED, server.connections().opened());
        counts.add(Count.CONNECT_FAILED, server.connections().failed());
        counts.add(Count.REQUESTS, server.connections().requests());
        counts.add(Count.REUSED, server.connections().reused());
        counts.add(Count.ESTABLISH_MICROS, server.connections().establishMicros());
        counts.add(Count.PROBES, server.health().probes());
        counts.add(Count.PROBE_FAILURES, server.health().failures());
        return counts;
    }

    private void forgetThoseGone(long nowMillis) {
        Bytes from = Bytes.wrap(new byte[] {KIND});
        Bytes to = Bytes.wrap(new byte[] {NEXT_KIND});
        try (KeyValueIterator<Bytes, byte[]> workers = store.range(from, to)) {
            while (workers.hasNext()) {
                KeyValue<Bytes, byte[]> worker = workers.next();
                Told told = read(worker.value);
                if (told != null && told.timestampMillis() < nowMillis - FORGET.toMillis()) {
                    store.delete(worker.key);
                }
            }
        }
    }

    private static Bytes key(String worker) {
        byte[] name = worker.getBytes(UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(1 + name.length).put(KIND).put(name).array());
    }

    private static byte[] write(Told told) {
        ByteOutput out = new ByteOutput();
        out.number(told.lifeMillis()).number(told.sequence()).number(told.timestampMillis());
        out.number(Count.values().length).number(told.servers().size());
        told.servers().forEach((server, counts) -> {
            out.text(server);
            for (Count count : Count.values()) {
                out.number(counts.of(count));
            }
        });
        return out.toByteArray();
    }

    private static @Nullable Told read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        ByteInput in = new ByteInput(bytes);
        long lifeMillis = in.number();
        long sequence = in.number();
        long timestampMillis = in.number();
        int known = in.integer();
        int size = in.integer();
        Map<String, StateFigures> servers = new HashMap<>();
        for (int i = 0; i < size; i++) {
            StateFigures counts = new StateFigures();
            servers.put(in.text(), counts);
            for (Count count : COUNTS.subList(0, known)) {
                counts.add(count, in.number());
            }
        }
        return new Told(lifeMillis, sequence, timestampMillis, servers);
    }
}
