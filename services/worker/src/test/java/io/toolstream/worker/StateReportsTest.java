package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.StateReport;
import io.toolstream.worker.fixture.FakePublisher;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StateReportsTest {
    private final FakePublisher broker = new FakePublisher();
    private final AtomicLong sequence = new AtomicLong();
    private final StateReports reports = new StateReports(this::report, broker, "events");

    @Test
    void tell_whileAReportIsUnderWay_isLeftOut() {
        broker.hold("events");
        reports.tell();
        reports.tell();
        assertThat(broker.sent()).hasSize(1);
        assertThat(sequence).as("none composed for nothing").hasValue(1);

        broker.release();
        reports.tell();
        assertThat(broker.sent()).hasSize(2);
    }

    @Test
    void tell_whatTheBrokerDoesNotTake_isForgotten() {
        broker.refuse("events", Kind.TRANSIENT);
        reports.tell();
        assertThat(broker.sent()).isEmpty();

        reports.tell();

        assertThat(broker.sent()).hasSize(1);
    }

    @Test
    void sums_ofOwnersThatComeAndGo_neverFall() {
        GrowingSums sums = new GrowingSums(2);
        Object first = new Object();
        Object second = new Object();

        sums.add(first, 5, 1);
        sums.add(first, 7, 1);
        sums.retain(List.of(second));
        sums.add(second, 2, 0);
        sums.add(second, 1, 4);

        assertThat(sums.sum(0)).isEqualTo(9);
        assertThat(sums.sum(1)).isEqualTo(5);
    }

    @Test
    void counts_ofABreaker_addUpTheTimeItIsNotClosed() {
        AtomicLong nanos = new AtomicLong(1);
        GuardCounts counts = new GuardCounts(nanos::get);

        counts.changed(false);
        nanos.addAndGet(3_000_000);
        counts.changed(false);
        nanos.addAndGet(2_000_000);
        assertThat(counts.shutMillis()).isEqualTo(5);
        counts.changed(true);
        nanos.addAndGet(9_000_000);

        assertThat(counts.shutMillis()).isEqualTo(5);
        assertThat(counts.transitions()).isEqualTo(3);
    }

    private StateReport report() {
        return new StateReport("w1", 1, sequence.incrementAndGet(), 2, StateReport.Load.NONE, List.of());
    }
}
