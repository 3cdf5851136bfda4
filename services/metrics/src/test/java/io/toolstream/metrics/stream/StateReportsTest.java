package io.toolstream.metrics.stream;

import static io.toolstream.metrics.stream.Driven.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.StateFigures;
import io.toolstream.wire.StateFigures.Count;
import io.toolstream.wire.StateFigures.Level;
import io.toolstream.wire.StateReport;
import io.toolstream.wire.WindowLength;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StateReportsTest {
    private final Driven driven = new Driven();

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void counters_areTheDifferencesOfWhatCameLast_whateverIsLostOrDoubled() {
        driven.tell(report("w1", 1, 10, "closed"));
        driven.tell(report("w1", 3, 25, "closed")); // the second is lost
        driven.tell(report("w1", 3, 25, "closed"));
        driven.tell(report("w1", 2, 17, "closed"));
        driven.tell(report("w2", 1, 100, "closed"));
        driven.pass(Duration.ofSeconds(1));

        assertThat(state(MetricsScope.server("fs")).of(Count.REQUESTS)).isEqualTo(125);
        assertThat(state(MetricsScope.TOTAL).of(Count.REQUESTS)).isEqualTo(125);
    }

    @Test
    void secondLife_countsFromZeroAgain() {
        driven.tell(report("w1", 7, 10, "closed"));
        driven.tell(report("w1", START - 500, 1, 4, "closed"));
        driven.tell(report("w1", 8, 12, "closed")); // of the life before
        driven.pass(Duration.ofSeconds(1));

        assertThat(state(MetricsScope.TOTAL).of(Count.REQUESTS)).isEqualTo(14);
    }

    @Test
    void firstReportOfAnOldLife_isOnlyWhereCountingBegins() {
        driven.tell(report("w1", START - 3_600_000, 3_600, 1_000_000, "closed"));
        driven.tell(report("w1", START - 3_600_000, 3_601, 1_000_007, "closed"));
        driven.pass(Duration.ofSeconds(1));

        assertThat(state(MetricsScope.TOTAL).of(Count.REQUESTS)).isEqualTo(7);
    }

    @Test
    void levels_areTheLastOfEachWorkerAddedUp() {
        driven.tell(report("w1", 1, 0, "open"));
        driven.tell(report("w2", 1, 0, "half-open"));
        driven.pass(Duration.ofMillis(500));
        driven.tell(report("w1", 2, 0, "closed"));
        driven.pass(Duration.ofSeconds(1));

        assertThat(state(MetricsScope.server("fs")).level()).isEqualTo(new Level(2, 4, 2, 300, 1));
        assertThat(state(MetricsScope.TOTAL).level()).isEqualTo(new Level(2, 6, 2, 400, 1));
    }

    @Test
    void workerThatIsGone_isNotInFlightForTheRestOfAWindow() {
        driven.tell(report("w1", 1, 0, "closed"));
        driven.tell(report("w2", 1, 0, "closed"));
        driven.pass(Duration.ofSeconds(8));
        driven.tell(report("w1", 2, 0, "closed"));
        driven.pass(Duration.ofSeconds(1));

        assertThat(state(MetricsScope.TOTAL).level().workers()).isEqualTo(1);
    }

    private StateFigures state(MetricsScope scope) {
        return Objects.requireNonNull(
                driven.last(scope, WindowLength.MINUTE, START).state());
    }

    private StateReport report(String worker, long sequence, long requests, String breaker) {
        return report(worker, START - 1_000, sequence, requests, breaker);
    }

    private StateReport report(String worker, long lifeMillis, long sequence, long requests, String breaker) {
        return new StateReport(
                worker,
                lifeMillis,
                sequence,
                driven.now(),
                new StateReport.Load(3, 1, 400),
                List.of(new StateReport.OfServer(
                        "fs",
                        new StateReport.Load(2, 1, 300),
                        new StateReport.Breaker(breaker, 0, 0),
                        new StateReport.Connections(1, 0, requests, 0, 0),
                        new StateReport.Health(0, 0))));
    }
}
