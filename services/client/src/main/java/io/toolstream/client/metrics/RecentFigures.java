package io.toolstream.client.metrics;

import io.toolstream.wire.CallFigures;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.StateFigures;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all scopes did within the last minute or so, added up from the shortest windows. Given what a {@link MetricsFollower}
 * reads. Any thread; bounded by the scopes there are, times the windows that count.
 */
public final class RecentFigures implements Consumer<FollowedWindow> {
    private static final WindowLength STEP = WindowLength.TEN_SECONDS;

    private final InstantSource clock;
    private final long spanMillis;

    private final Map<MetricsScope, NavigableMap<Long, WindowMetrics>> windows = new HashMap<>(); // guarded by this

    /** @param span of time that counts, whole windows of 10 s and the one that is not over */
    public RecentFigures(Duration span, InstantSource clock) {
        this.spanMillis = span.toMillis();
        this.clock = clock;
    }

    @Override
    public void accept(FollowedWindow followed) {
        long startMillis = followed.window().startMillis();
        if (followed.window().length() == STEP && startMillis >= oldestMillis()) {
            followed.metrics().ifPresent(metrics -> put(startMillis, metrics));
        }
    }

    private synchronized void put(long startMillis, WindowMetrics metrics) {
        windows.computeIfAbsent(metrics.window().scope(), scope -> new TreeMap<>())
                .put(startMillis, metrics);
    }

    private long oldestMillis() {
        return STEP.startOf(clock.millis() - spanMillis);
    }

    /** All scopes of which there is anything. */
    public synchronized List<ScopeFigures> now() {
        long oldest = oldestMillis();
        List<ScopeFigures> scopes = new ArrayList<>();
        windows.values().forEach(ofScope -> ofScope.headMap(oldest).clear());
        windows.values().removeIf(Map::isEmpty);
        windows.forEach((scope, ofScope) -> scopes.add(sum(scope, ofScope, oldest)));
        return scopes;
    }

    private ScopeFigures sum(MetricsScope scope, NavigableMap<Long, WindowMetrics> ofScope, long oldestMillis) {
        CallFigures calls = new CallFigures();
        StateFigures state = new StateFigures();
        boolean hasState = false;
        for (WindowMetrics metrics : ofScope.values()) {
            calls.add(metrics.calls());
            @Nullable StateFigures told = metrics.state();
            if (told != null) {
                hasState = true;
                state.add(told);
                state.setLevel(told.level());
            }
        }
        double seconds = Math.max(1, clock.millis() - oldestMillis) / 1_000.0;
        return new ScopeFigures(scope, calls, calls.calls() / seconds, hasState ? state : null);
    }
}
