package io.toolstream.bench.metrics;

import io.toolstream.client.metrics.FollowedWindow;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.WindowLength;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the stream says in all, as a reader sees it. Fed on the follower's thread. */
final class TotalWatch implements Consumer<FollowedWindow> {
    private final Map<Long, Long> callsByWindow = new HashMap<>(); // guarded by this
    private final CountDownLatch reached = new CountDownLatch(1);
    private final long wanted;
    private final Consumer<Long> changed;
    private long sum; // guarded by this

    /** @param changed is told the number before, when another comes */
    TotalWatch(long wanted, Consumer<Long> changed) {
        this.wanted = wanted;
        this.changed = changed;
    }

    @Override
    public synchronized void accept(FollowedWindow followed) {
        boolean isTotal = followed.window().scope().equals(MetricsScope.TOTAL)
                && followed.window().length() == WindowLength.TEN_SECONDS;
        if (!isTotal) {
            return;
        }
        long calls = followed.metrics().map(metrics -> metrics.calls().calls()).orElse(0L);
        changed.accept(sum);
        Long before = callsByWindow.put(followed.window().startMillis(), calls);
        sum += calls - (before == null ? 0 : before);
        if (sum >= wanted) {
            reached.countDown();
        }
    }

    synchronized long sum() {
        return sum;
    }

    boolean await(long seconds) throws InterruptedException {
        return reached.await(seconds, TimeUnit.SECONDS);
    }
}
