package io.toolstream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.bench.load.Failures;
import io.toolstream.bench.load.Latency;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.load.Timeline.Slice;
import io.toolstream.bench.place.Effort;
import io.toolstream.bench.place.ProcessFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PolicyReportTest {
    private static final Environment HERE = new Environment(Map.of("cores", "2"));

    @Test
    void isolation_isKeptWhereTheMediansAre() {
        assertThat(IsolationReport.isKept(List.of(pair(1_000, 50), pair(990, 60), pair(100, 500))))
                .isTrue();
        assertThat(IsolationReport.isKept(List.of(pair(949, 50)))).isFalse();
        assertThat(IsolationReport.isKept(List.of(pair(1_000, 64)))).isFalse();
    }

    @Test
    void isolation_reports_sayHowMuch() {
        List<IsolationPair> pairs = List.of(pair(900, 60));

        assertThat(IsolationReport.table(HERE, pairs)).contains("hung", "90.0 (90.0 to 90.0)", "120.0", "NOT kept");
        assertThat(IsolationReport.json(HERE, pairs)).contains("\"goodputPercent\":90.000", "\"othersLost\":100");
    }

    @Test
    void overload_goodputIsThatOfItsOwnSeconds() {
        Overload overload = overload(190, 3);

        assertThat(overload.goodputPercent()).isEqualTo(95);
        assertThat(overload.secondsToNormal()).isEqualTo(3);
        assertThat(overload.isKept()).isTrue();
        assertThat(OverloadReport.table(HERE, overload)).contains("95.0 % of the peak", "after 3 s", "kept");
        assertThat(OverloadReport.json(HERE, overload)).contains("\"secondsToNormal\":3");
    }

    @Test
    void overload_isNotKeptWithLessGoodputOrALongAftermath() {
        assertThat(overload(170, 3).isKept()).isFalse();
        assertThat(overload(200, 17).isKept()).isFalse();
    }

    private static IsolationPair pair(long answered, int p95Millis) {
        return new IsolationPair(
                "hung",
                measurement(1_000, 0, 50),
                measurement(answered, 1_000 - answered, p95Millis),
                measurement(0, 100, 1),
                Duration.ofSeconds(4));
    }

    private static Overload overload(long answeredPerSecond, int badSeconds) {
        List<Slice> after = new ArrayList<>(Collections.nCopies(badSeconds, slice(100, 500)));
        after.addAll(Collections.nCopies(21 - badSeconds, slice(100, 60)));
        ProcessFigures process = new ProcessFigures(1, 200_000, 30_000, 0, new Effort(1, 0, 0), 40, 30);
        return new Overload(
                measurement(200, 0, 60),
                measurement(100, 0, 60),
                measurement(4_000, 8_000, 3_000),
                Collections.nCopies(21, slice(answeredPerSecond, 3_000)),
                after,
                process,
                process,
                10);
    }

    private static Slice slice(long answered, int p95Millis) {
        return new Slice(answered, 0, latency(p95Millis));
    }

    /** In one second. */
    private static Measurement measurement(long answered, long failed, int p95Millis) {
        return new Measurement(answered, 1_000_000_000, latency(p95Millis), new Failures(0, failed, 0, null));
    }

    private static Latency latency(int p95Millis) {
        long nanos = p95Millis * 1_000_000L;
        return new Latency(nanos, nanos, nanos, nanos, nanos);
    }
}
