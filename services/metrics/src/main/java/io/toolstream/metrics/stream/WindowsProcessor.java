package io.toolstream.metrics.stream;

import io.toolstream.wire.MetricsCodec;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.WindowMetrics;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The second step: adds up what the first hands on, for the scopes of one partition, and publishes it by the clock. */
final class WindowsProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String STORE = "windows";

    private static final Duration TICK = Duration.ofMillis(100);

    private final MetricsCodec codec = new MetricsCodec();
    private final StreamSettings settings;
    private final StreamNews news;
    private final Complaints complaints = new Complaints("calls came when their window had been forgotten");
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable WindowBoard board;

    WindowsProcessor(StreamSettings settings, StreamNews news) {
        this.settings = settings;
        this.news = news;
    }

    /** Also after a transaction was aborted: nothing of what is in memory may be left of it. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> assigned) {
        KeyValueStore<Bytes, byte[]> store = assigned.getStateStore(STORE);
        context = assigned;
        board = WindowBoard.restore(new WindowStore(store), settings, assigned.currentSystemTimeMs());
        assigned.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        WindowBoard windows = Objects.requireNonNull(board);
        long nowMillis = Objects.requireNonNull(context).currentSystemTimeMs();
        Deltas.read(record.value(), (slot, more) -> {
            if (!windows.add(slot, more, nowMillis)) {
                long calls = more.calls().calls();
                news.tooLate(calls);
                complaints.about(slot.toString(), calls, nowMillis);
            }
        });
        windows.save();
    }

    private void tick(long nowMillis) {
        Objects.requireNonNull(board).tick(nowMillis, metrics -> publish(metrics, nowMillis));
    }

    private void publish(WindowMetrics metrics, long nowMillis) {
        OutboundRecord record = codec.encode(metrics);
        Objects.requireNonNull(context)
                .forward(new Record<>(
                        Objects.requireNonNull(record.key()), Objects.requireNonNull(record.value()), nowMillis));
        news.published(metrics.issue().isFinal());
    }
}
