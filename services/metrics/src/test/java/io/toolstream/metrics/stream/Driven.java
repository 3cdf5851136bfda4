package io.toolstream.metrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Decoded;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MetricsCodec;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.StateReport;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import io.toolstream.wire.WindowMetrics.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology in a test driver, with a clock that stands still until it is moved. */
final class Driven implements AutoCloseable {
    /** The beginning of windows of all lengths. */
    static final long START = 1_800_000_000_000L;

    private final EventCodec events = new EventCodec();
    private final MetricsCodec metrics = new MetricsCodec();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;
    private final TestOutputTopic<byte[], byte[]> output;
    private final Map<Window, WindowMetrics> last = new LinkedHashMap<>();
    private long nowMillis = START;

    Driven() {
        this(StreamNews.IGNORED);
    }

    Driven(StreamNews news) {
        StreamSettings settings = new StreamSettings(1, Duration.ofSeconds(5), Duration.ofMinutes(20), 3);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        driver = new TopologyTestDriver(
                MetricsTopology.of(TopicNames.DEFAULT, settings, news), properties, Instant.ofEpochMilli(START));
        input = driver.createInputTopic(
                TopicNames.DEFAULT.events(), new ByteArraySerializer(), new ByteArraySerializer());
        output = driver.createOutputTopic(
                TopicNames.DEFAULT.metrics(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    long now() {
        return nowMillis;
    }

    void tell(Event... told) {
        tell(List.of(told));
    }

    void tell(List<Event> told) {
        pipe(events.encode(told));
    }

    void tell(StateReport report) {
        pipe(events.encode(report));
    }

    void pipe(OutboundRecord record) {
        input.pipeInput(record.key(), Objects.requireNonNull(record.value()), Instant.ofEpochMilli(nowMillis));
    }

    /** The records that are written meanwhile. */
    List<WindowMetrics> pass(Duration time) {
        List<WindowMetrics> written = new ArrayList<>();
        for (long left = time.toMillis(); left > 0; left -= 100) {
            nowMillis += 100;
            driver.advanceWallClockTime(Duration.ofMillis(100));
        }
        output.readRecordsToList().forEach(record -> {
            WindowMetrics read = value(record.getKey(), record.getValue());
            assertThat(MetricsCodec.window(record.getKey())).contains(read.window());
            written.add(read);
            last.put(read.window(), read);
        });
        return written;
    }

    private WindowMetrics value(byte[] key, byte[] value) {
        InboundRecord record = new InboundRecord(new RecordPosition("metrics", 0, 0), 0, key, value, Headers.NONE);
        return ((Decoded.WellFormed<WindowMetrics>) metrics.decode(record)).value();
    }

    /** The last record of this window that was written. */
    WindowMetrics last(MetricsScope scope, WindowLength length, long startMillis) {
        return Objects.requireNonNull(last.get(new Window(scope, length, startMillis)));
    }

    Map<Window, WindowMetrics> last() {
        return last;
    }

    @Override
    public void close() {
        driver.close();
    }
}
