package io.toolstream.metrics.stream;

import static io.toolstream.metrics.stream.Driven.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CallFigures;
import io.toolstream.wire.CallFigures.Count;
import io.toolstream.wire.Event;
import io.toolstream.wire.Headers;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.Status;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MetricsTopologyTest {
    private static final MetricsScope READ = new MetricsScope("fs", "read");
    private static final MetricsScope FS = MetricsScope.server("fs");

    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong tooLate = new AtomicLong();
    private final Driven driven = new Driven(new StreamNews() {
        @Override
        public void unreadable() {
            unreadable.incrementAndGet();
        }

        @Override
        public void tooLate(long calls) {
            tooLate.addAndGet(calls);
        }
    });
    private final Events events = new Events();

    @AfterEach
    void close() {
        driven.close();
    }

    @ParameterizedTest
    @EnumSource(WindowLength.class)
    void calls_areCountedOfTheirToolTheirServerAndInTotal(WindowLength length) {
        driven.tell(
                events.event("fs", "read", START),
                events.event("fs", "read", Events.TIMED_OUT, 30_000_000, START),
                events.event("fs", "write", START));
        driven.tell(events.event("web", "fetch", START));
        driven.pass(Duration.ofSeconds(1));

        assertThat(driven.last(READ, length, START).calls().calls()).isEqualTo(2);
        assertThat(driven.last(FS, length, START).calls().calls()).isEqualTo(3);
        CallFigures total = driven.last(MetricsScope.TOTAL, length, START).calls();
        assertThat(total.calls()).isEqualTo(4);
        assertThat(total.of(Status.OK)).isEqualTo(3);
        assertThat(total.codes()).containsEntry("timed-out", 1L);
        assertThat(total.of(Count.ATTEMPTS)).isEqualTo(6);
        assertThat(total.of(Count.RETRIED)).isEqualTo(1);
        assertThat(total.of(Count.RETRIED_WELL)).isZero();
        assertThat(total.of(Count.DEAD_LETTERS)).isEqualTo(1);
        assertThat(total.of(Count.REPLIED)).isEqualTo(4);
        assertThat(total.execute().maxMicros()).isEqualTo(30_000_000);
    }

    @Test
    void callToldTwice_countsOnce() {
        Event call = events.event("fs", "read", START);
        Event member = Events.event(Events.origin(70_000, 3), "fs", "read", Events.OK, 5, START);
        Event other = Events.event(Events.origin(70_000, 1_003), "fs", "read", Events.OK, 5, START);
        driven.tell(call, member);
        driven.pass(Duration.ofSeconds(30));
        driven.tell(member, call, other);
        driven.tell(member, call, other);
        driven.pass(Duration.ofSeconds(30));

        assertThat(driven.last(READ, WindowLength.MINUTE, START).calls().calls())
                .isEqualTo(3);
        assertThat(driven.last(MetricsScope.TOTAL, WindowLength.MINUTE, START)
                        .calls()
                        .calls())
                .isEqualTo(3);
    }

    @Test
    void window_whileItChanges_hasARecordEachSecondAndAtItsEndAFinalOne() {
        List<WindowMetrics> written = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            driven.tell(events.event("fs", "read", driven.now()));
            written.addAll(driven.pass(Duration.ofMillis(100)));
        }
        written.addAll(driven.pass(Duration.ofSeconds(6)));

        List<WindowMetrics> records = written.stream()
                .filter(metrics -> metrics.window().scope().equals(READ)
                        && metrics.window().length() == WindowLength.TEN_SECONDS
                        && metrics.window().startMillis() == START)
                .toList();
        assertThat(records).hasSizeBetween(10, 15);
        assertThat(records.subList(0, records.size() - 1))
                .noneMatch(metrics -> metrics.issue().isFinal());
        WindowMetrics last = records.get(records.size() - 1);
        assertThat(last.issue().isFinal()).isTrue();
        assertThat(last.issue().revision()).isZero();
        assertThat(last.calls().calls()).isEqualTo(100);
        assertThat(last.callsPerSecond()).isEqualTo(10);
    }

    @Test
    void provisionalRecord_isNoOlderThanASecond() {
        driven.pass(Duration.ofMillis(50));
        for (int i = 0; i < 40; i++) {
            driven.tell(events.event("fs", "read", driven.now()));
            driven.pass(Duration.ofMillis(100));
            if (i >= 10) {
                long known =
                        driven.last(READ, WindowLength.MINUTE, START).calls().calls();
                assertThat(known).isGreaterThanOrEqualTo(i - 9);
            }
        }
    }

    @Test
    void callAfterTheFinalRecord_isCountedInACorrectedOne() {
        driven.tell(events.event("fs", "read", START + 1_000));
        driven.pass(Duration.ofSeconds(20));
        assertThat(driven.last(READ, WindowLength.TEN_SECONDS, START).issue().isFinal())
                .isTrue();

        driven.tell(events.event("fs", "read", START + 2_000));
        driven.pass(Duration.ofSeconds(2));
        WindowMetrics corrected = driven.last(READ, WindowLength.TEN_SECONDS, START);
        assertThat(corrected.calls().calls()).isEqualTo(2);
        assertThat(corrected.issue().isFinal()).isTrue();
        assertThat(corrected.issue().revision()).isEqualTo(1);

        driven.tell(events.event("fs", "read", START + 3_000));
        driven.pass(Duration.ofSeconds(2));
        assertThat(driven.last(READ, WindowLength.TEN_SECONDS, START).issue().revision())
                .isEqualTo(2);
        assertThat(driven.last(READ, WindowLength.MINUTE, START).calls().calls())
                .isEqualTo(3);
    }

    @Test
    void windows_afterTheirRetention_areForgotten() {
        driven.tell(events.event("fs", "read", START));
        driven.pass(Duration.ofMinutes(27));
        driven.last().clear();

        driven.tell(events.event("fs", "read", START));
        driven.pass(Duration.ofSeconds(2));

        // A worker whose clock is that far behind is not believed: it counts when its event was taken.
        assertThat(tooLate).hasValue(0);
        assertThat(driven.last(READ, WindowLength.TEN_SECONDS, WindowLength.TEN_SECONDS.startOf(driven.now() - 2_000))
                        .calls()
                        .calls())
                .isEqualTo(1);
    }

    @Test
    void clockOfAWorkerAhead_countsWhenTheBrokerTookTheEvent() {
        driven.tell(events.event("fs", "read", START + Duration.ofHours(1).toMillis()));
        driven.pass(Duration.ofSeconds(1));

        assertThat(driven.last(READ, WindowLength.TEN_SECONDS, START).calls().calls())
                .isEqualTo(1);
    }

    @Test
    void recordThatCannotBeRead_isLeftOut() {
        driven.pipe(new OutboundRecord(
                null, "{\"events\":[{\"bad\":1}]}".getBytes(java.nio.charset.StandardCharsets.UTF_8), Headers.NONE));
        driven.pipe(new OutboundRecord(new byte[] {7}, new byte[] {0, 1, 2}, Headers.NONE));
        driven.tell(events.event("fs", "read", START));
        driven.pass(Duration.ofSeconds(1));

        assertThat(unreadable).hasValue(2);
        assertThat(driven.last(MetricsScope.TOTAL, WindowLength.MINUTE, START)
                        .calls()
                        .calls())
                .isEqualTo(1);
    }

    @Test
    void namesThatCallersMadeUpOrThatAreTooMany_shareOne() {
        MetricsScope others = new MetricsScope("fs", MetricsScope.OTHER);
        for (int i = 0; i < 5; i++) {
            driven.tell(events.event("fs", "made-up-" + i, Events.UNKNOWN_TOOL, 0, START));
        }
        for (int i = 0; i < 5; i++) {
            driven.tell(events.event("fs", "real-" + i, START)); // three have a name of their own
        }
        driven.pass(Duration.ofSeconds(1));

        assertThat(driven.last(others, WindowLength.MINUTE, START).calls().calls())
                .isEqualTo(7);
        assertThat(driven.last(FS, WindowLength.MINUTE, START).calls().calls()).isEqualTo(10);
        assertThat(driven.last().keySet())
                .extracting(window -> window.scope().tool())
                .doesNotContain("made-up-0", "real-4")
                .contains("real-0", "real-2");
    }
}
