package io.toolstream.worker.limits;

import io.toolstream.worker.invoke.Capacity;
import java.time.Duration;

/**
 * How many permits of one server calls may hold that nobody waits for (priority {@code batch} and {@code replay}). Guarded by
 * its owner.
 *
 * <p>All of them, while no interactive calls come. Otherwise as many are kept free as interactive calls needed at the same
 * time lately, with a connection for each, so that the next one finds both; and while the server is noticeably slower than with little to do, fewer with
 * every window of answers, until it is not. That is what a transport for what is not urgent does, which makes way when
 * delays grow (LEDBAT, RFC 6817): the limit alone lets a server become twice as slow, which is what live calls would
 * then see.
 *
 * <p>Never fewer than one, and the settings' part of the permits: what is not urgent is slowed down and not starved. The two
 * priorities share it by their weights in the room.
 */
final class BackgroundShare {
    /** Interactive calls come in bursts, and some seconds apart where a person is at the other end. */
    static final Duration LATELY = Duration.ofSeconds(5);

    /** Slower by more than that, and live calls feel it. Less could not be told from chance with tools whose times vary. */
    static final double NOTICEABLE = 1.15;

    private static final int LEAST_WINDOW = 20;
    private static final double PERCENT = 100;
    private static final double LESS = 0.9;

    private final int leastPercent;
    private final Capacity capacity;
    private final RecentPeak live = new RecentPeak(LATELY);

    /** While interactive calls come, and only as far as it is below what they leave. */
    private double most = Double.MAX_VALUE;

    private int answers;
    private double slowdowns;

    /**
     * @param leastPercent of the permits
     * @param capacity of the server's connections: a permit beyond what these carry at once would have an interactive call
     *     wait for one instead
     */
    BackgroundShare(int leastPercent, Capacity capacity) {
        this.leastPercent = leastPercent;
        this.capacity = capacity;
    }

    /** An interactive call has come: with it so many of them are under way or wait. */
    void cameLive(int atOnce, long nowNanos) {
        live.saw(atOnce, nowNanos);
    }

    /** Whether something is kept back at all. */
    boolean isLimited(long nowNanos) {
        return live.greatest(nowNanos) > 0;
    }

    /** When it may have become more without anybody's doing, if it is limited. */
    long endNanos() {
        return live.endNanos();
    }

    /** @param permits of the server, all of them */
    int of(int permits, long nowNanos) {
        int kept = live.greatest(nowNanos);
        if (kept == 0) {
            return permits;
        }
        int connected = connected(permits);
        return (int) Math.max(least(connected), Math.min(connected - kept, most));
    }

    /** Permits that come with a connection. */
    private int connected(int permits) {
        return Math.min(permits, capacity.atOnce());
    }

    private int least(int connected) {
        return Math.max(1, (int) (connected * leastPercent / PERCENT));
    }

    /**
     * The server has answered.
     *
     * @param slowdown how many times as long as with little to do
     */
    void answered(double slowdown, int permits, long nowNanos) {
        if (!isLimited(nowNanos)) {
            most = Double.MAX_VALUE;
            answers = 0;
            slowdowns = 0;
            return;
        }
        slowdowns += slowdown;
        if (++answers >= Math.max(LEAST_WINDOW, permits)) {
            decide(slowdowns / answers, permits, nowNanos);
            answers = 0;
            slowdowns = 0;
        }
    }

    private void decide(double slowdown, int permits, long nowNanos) {
        if (slowdown > NOTICEABLE) {
            int connected = connected(permits);
            int left = connected - live.greatest(nowNanos);
            most = Math.max(least(connected), Math.min(most, left) * LESS);
        } else {
            most = Math.min(most, permits) + 1;
        }
    }
}
