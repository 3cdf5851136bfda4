package io.toolstream.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.text.Style;
import io.toolstream.client.metrics.FollowedWindow;
import io.toolstream.client.metrics.RecentFigures;
import io.toolstream.client.metrics.ScopeFigures;
import io.toolstream.wire.CallFigures;
import io.toolstream.wire.CallFigures.Count;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MetricsCodec;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.StateFigures;
import io.toolstream.wire.StateFigures.Level;
import io.toolstream.wire.Status;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import io.toolstream.wire.WindowMetrics.Issue;
import io.toolstream.wire.WindowMetrics.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TopTableTest {

    private static final int ROWS = 5;

    private final TopTable table = table(Integer.MAX_VALUE);
    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void lines_haveThoseInTroubleFirst() {
        StateFigures open = new StateFigures();
        open.setLevel(new Level(1, 2, 0, 10, 1));

        List<String> lines = table.lines(List.of(
                figures(MetricsScope.TOTAL, 300, 3, 20_000, null),
                figures(new MetricsScope("fs", "quick"), 100, 0, 90, null),
                figures(new MetricsScope("fs", "slow"), 100, 0, 900_000, null),
                figures(new MetricsScope("web", "failing"), 100, 3, 20_000, null),
                figures(new MetricsScope("db", "cut-off"), 1, 0, 10, null),
                figures(MetricsScope.server("db"), 1, 0, 10, open)));

        assertThat(lines.get(0)).startsWith("5.0 calls/s   1.0 % failed   p50 20 ms");
        assertThat(lines.get(1)).startsWith("SERVER");
        assertThat(lines.subList(2, lines.size()))
                .extracting(line -> line.split("\\s+", -1)[1])
                .containsExactly("cut-off", "failing", "slow", "quick");
        assertThat(lines.get(2)).endsWith("open");
        assertThat(lines.get(5)).contains("90 µs");
    }

    @Test
    void lines_withoutAnything_sayWhatMayBeWrong() {
        assertThat(table.lines(List.of()).get(0)).contains("do the broker and the metrics app run?");
    }

    @Test
    void lines_ofFiveHundredTools_areMadeWithinASecond() {
        Instant now = Instant.parse("2026-03-01T12:00:05Z");
        RecentFigures recent = new RecentFigures(Duration.ofSeconds(50), InstantSource.fixed(now));
        MetricsCodec codec = new MetricsCodec();
        long newest = WindowLength.TEN_SECONDS.startOf(now.toEpochMilli());
        for (int tool = 0; tool < 500; tool++) {
            for (int window = 0; window < 6; window++) {
                MetricsScope scope = new MetricsScope("server-" + tool % 20, "tool-" + tool);
                Window of = new Window(scope, WindowLength.TEN_SECONDS, newest - 10_000L * window);
                CallFigures calls = figures(scope, 100, 1, 20_000, null).calls();
                OutboundRecord record = codec.encode(new WindowMetrics(of, new Issue(true, 0, newest), calls, null));
                recent.accept(new FollowedWindow(of, inbound(record)));
            }
        }
        List<String> lines = List.of();
        long leastNanos = Long.MAX_VALUE;
        for (int drawn = 0; drawn < 5; drawn++) { // the quickest counts: the first is cold, and others may be disturbed
            long beganNanos = System.nanoTime();
            lines = table.lines(recent.now());
            leastNanos = Math.min(leastNanos, System.nanoTime() - beganNanos);
        }

        assertThat(lines).hasSize(1 + 1 + 5 + 1);
        assertThat(lines.get(7)).isEqualTo("… and 495 more");
        assertThat(recent.now())
                .hasSize(500)
                .allSatisfy(tool -> assertThat(tool.calls().calls()).isEqualTo(600));
        assertThat(Duration.ofNanos(leastNanos)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void lines_whereThereIsLittleRoom_cutNamesAndLeaveOutColumns() {
        MetricsScope longName =
                new MetricsScope("a-server-with-a-name", "a_tool_whose_name_goes_on_and_on_for_fifty_characters");
        List<ScopeFigures> tools = List.of(
                figures(longName, 9, 0, 90, null), figures(new MetricsScope("fs", "read"), 100, 0, 90_000, null));

        for (int columns = 200; columns >= 80; columns--) {
            List<String> lines = table(columns).lines(tools);
            int widest = lines.stream().skip(1).mapToInt(String::length).max().orElseThrow();
            assertThat(widest).isLessThanOrEqualTo(columns);
            assertThat(lines.get(1)).contains("SERVER", "TOOL", "CALLS/S", "FAILED", "P95");
        }
        assertThat(table(200).lines(tools).get(3)).contains("for_fifty_characters");
        assertThat(table(130).lines(tools).get(1)).contains("MAX", "BREAKER");
        assertThat(table(80).lines(tools).get(1)).doesNotContain("CACHED");
        assertThat(table(80).lines(tools).get(3)).contains("a_tool_whose_name_goes_…");
        assertThat(table(10).lines(tools)).as("the narrowest there is").hasSize(4);
    }

    private static TopTable table(int columns) {
        return new TopTable(ROWS, columns, Style.of(false));
    }

    private ScopeFigures figures(MetricsScope scope, int count, int failed, long micros, @Nullable StateFigures state) {
        CallFigures calls = new CallFigures();
        calls.add(Status.OK, count - failed);
        calls.add(Status.FAILED, failed);
        calls.add(Count.DEAD_LETTERS, failed);
        for (int i = 0; i < count; i++) {
            calls.queue().add(random.nextLong(3_000));
            calls.execute().add(random.nextLong(1, micros + 1));
            calls.total().add(micros);
        }
        return new ScopeFigures(scope, calls, count / 60.0, state);
    }

    private static InboundRecord inbound(OutboundRecord record) {
        return new InboundRecord(new RecordPosition("metrics", 0, 0), 0, record.key(), record.value(), Headers.NONE);
    }
}
