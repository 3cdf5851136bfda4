package io.toolstream.metrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import io.toolstream.wire.WindowMetrics.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes when, and however often everything in memory is lost: the last record of each window has the right counts. */
final class WindowBoardTest {
    private static final long START = Driven.START;
    private static final StreamSettings SETTINGS =
            new StreamSettings(1, Duration.ofSeconds(5), Duration.ofMinutes(20), 100);

    private final MemoryStore store = new MemoryStore();
    private final Events events = new Events();
    private final Map<Window, WindowMetrics> last = new HashMap<>();
    private final Map<Window, Long> expected = new HashMap<>();
    private long nowMillis = START;
    private WindowBoard board = WindowBoard.restore(new WindowStore(store), SETTINGS, nowMillis);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void lastRecordOfEachWindow_hasAllThatCame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 3_000; step++) {
            int what = random.nextInt(100);
            if (what < 60) {
                add(random);
            } else if (what < 98) {
                pass(random.nextInt(2_000));
            } else {
                board = WindowBoard.restore(new WindowStore(store), SETTINGS, nowMillis);
            }
        }
        for (int i = 0; i < 40; i++) {
            pass(1_000);
        }
        int kept = store.size();

        assertThat(last.keySet()).isEqualTo(expected.keySet());
        last.forEach((window, metrics) -> assertThat(metrics.calls().calls())
                .as("%s, seed %s", window, seed)
                .isEqualTo(expected.get(window)));
        last.values().stream()
                .filter(metrics -> metrics.window().endMillis() < nowMillis - 10_000)
                .forEach(metrics -> assertThat(metrics.issue().isFinal()).isTrue());

        pass(Duration.ofMinutes(30).toMillis());
        pass(1_000);
        assertThat(store.size()).as("of %s", kept).isEqualTo(1);
    }

    /** Mostly of now, sometimes late. */
    private void add(SplittableRandom random) {
        MetricsScope scope = new MetricsScope("fs", "tool-" + random.nextInt(3));
        long lateMillis = random.nextInt(5) == 0 ? random.nextInt(600_000) : random.nextInt(2_000);
        long atMillis = Math.max(START, nowMillis - lateMillis);
        Figures more = new Figures();
        more.calls().add(events.event("fs", "any", atMillis));
        Slot slot = new Slot(scope, WindowLength.TEN_SECONDS.startOf(atMillis));
        assertThat(board.add(slot, more, nowMillis)).isTrue();
        board.save();
        for (WindowLength length : WindowLength.values()) {
            expected.merge(WindowKeys.window(slot, length), 1L, Long::sum);
        }
    }

    private void pass(long millis) {
        nowMillis += millis;
        board.tick(nowMillis, metrics -> {
            WindowMetrics before = last.put(metrics.window(), metrics);
            if (before != null && before.issue().isFinal()) {
                assertThat(metrics.issue().revision()).isEqualTo(before.issue().revision() + 1);
            }
        });
    }
}
