package io.toolstream.metrics.stream;

import io.toolstream.metrics.stream.Figures.Gauge;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.EventsRecord;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.StateFigures;
import io.toolstream.wire.StateFigures.Level;
import io.toolstream.wire.StateReport;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The first step: reads one partition of events, counts what was not counted before, and hands on what there is more, by
 * scope and slot. A record that cannot be read is left out: it can neither be counted nor stop the others.
 *
 * <p>The time of what happened is the worker's clock's, unless that is far from the time at which the broker took the record:
 * then it is this.
 */
final class EventsProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String STORE = "seen";

    /** A worker that could not reach its broker tells late; one that is further off has a wrong clock. */
    private static final Duration FURTHEST = Duration.ofMinutes(10);

    private final EventCodec codec = new EventCodec();
    private final StreamSettings settings;
    private final StreamNews news;
    private final Complaints complaints = new Complaints("records of events that cannot be read are left out");
    private @Nullable Task task;

    EventsProcessor(StreamSettings settings, StreamNews news) {
        this.settings = settings;
        this.news = news;
    }

    /** What belongs to one assignment of the partition. */
    private record Task(
            ProcessorContext<byte[], byte[]> context, SeenCalls seen, ReportBook reports, ScopeNames names) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
        task = new Task(
                context, new SeenCalls(store), new ReportBook(store), new ScopeNames(settings.toolsPerServer()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Task current = java.util.Objects.requireNonNull(task);
        Decoded<EventsRecord> decoded = codec.decode(inbound(current.context(), record));
        if (decoded instanceof Decoded.WellFormed<EventsRecord> wellFormed) {
            Deltas deltas = new Deltas();
            countCalls(current, wellFormed.value(), record.timestamp(), deltas);
            wellFormed.value().reports().forEach(report -> tell(current, report, record.timestamp(), deltas));
            deltas.byLane(settings.lanes())
                    .forEach((lane, bytes) ->
                            current.context().forward(new Record<>(Lanes.key(lane), bytes, record.timestamp())));
        } else if (decoded instanceof Decoded.Malformed<EventsRecord> malformed) {
            news.unreadable();
            complaints.about(
                    where(current.context()) + ": " + malformed.why(),
                    1,
                    current.context().currentSystemTimeMs());
        }
    }

    private void countCalls(Task current, EventsRecord record, long recordMillis, Deltas deltas) {
        long counted = 0;
        for (Event event : record.events()) {
            if (current.seen().isFirst(event.origin())) {
                deltas.count(current.names().of(event), within(event.timestampMillis(), recordMillis), event);
                counted++;
            }
        }
        current.seen().save();
        deltas.rollUp();
        news.counted(counted, record.events().size() - counted);
    }

    private static void tell(Task current, StateReport report, long recordMillis, Deltas deltas) {
        current.reports().difference(report).ifPresent(differences -> {
            long atMillis = within(report.timestampMillis(), recordMillis);
            boolean isAnyOpen = false;
            for (StateReport.OfServer server : report.servers()) {
                boolean isOpen = !server.breaker().state().equals("closed");
                isAnyOpen |= isOpen;
                Figures figures = deltas.at(current.names().ofServer(server.server()), atMillis);
                figures.tell(report.worker(), new Gauge(atMillis, level(server.load(), isOpen)));
                figures.counts().add(differences.getOrDefault(server.server(), new StateFigures()));
            }
            Figures total = deltas.at(MetricsScope.TOTAL, atMillis);
            total.tell(report.worker(), new Gauge(atMillis, level(report.load(), isAnyOpen)));
            differences.values().forEach(total.counts()::add);
        });
    }

    private static Level level(StateReport.Load load, boolean isOpen) {
        return new Level(1, load.inFlight(), load.parked(), load.oldestMillis(), isOpen ? 1 : 0);
    }

    private static long within(long workerMillis, long recordMillis) {
        boolean isNear = workerMillis <= recordMillis && workerMillis >= recordMillis - FURTHEST.toMillis();
        return isNear ? workerMillis : recordMillis;
    }

    private static InboundRecord inbound(ProcessorContext<?, ?> context, Record<byte[], byte[]> record) {
        return new InboundRecord(where(context), record.timestamp(), record.key(), record.value(), Headers.NONE);
    }

    private static RecordPosition where(ProcessorContext<?, ?> context) {
        return context.recordMetadata()
                .map(metadata -> new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset()))
                .orElseGet(() -> new RecordPosition("?", 0, 0));
    }
}
