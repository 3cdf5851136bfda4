package io.toolstream.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.worker.invoke.Capacity;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BackgroundShareTest {
    private static final int PERMITS = 20;

    private final BackgroundShare share = new BackgroundShare(25, Capacity.SHARED);
    private long nowNanos = Long.MAX_VALUE - Duration.ofSeconds(12).toNanos(); // time may overflow

    @Test
    void share_withoutInteractiveCalls_isAll() {
        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(PERMITS);
        assertThat(share.isLimited(nowNanos)).isFalse();
    }

    @Test
    void share_besideInteractiveCalls_leavesThemWhatTheyNeededAtOnce() {
        share.cameLive(3, nowNanos);
        share.cameLive(7, nowNanos);
        share.cameLive(1, nowNanos);

        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(13);
        assertThat(share.of(10, nowNanos)).isEqualTo(3);
    }

    /** A permit without a connection would only take the next one from somebody. */
    @Test
    void share_whereConnectionsAreFewerThanPermits_leavesConnections() {
        BackgroundShare ofTen = new BackgroundShare(25, Capacity.ofConnections(() -> 10));
        assertThat(ofTen.of(PERMITS, nowNanos)).isEqualTo(PERMITS);

        ofTen.cameLive(3, nowNanos);
        assertThat(ofTen.of(PERMITS, nowNanos)).isEqualTo(7);
        assertThat(ofTen.of(6, nowNanos)).isEqualTo(3);

        ofTen.cameLive(1_000, nowNanos);
        assertThat(ofTen.of(PERMITS, nowNanos)).isEqualTo(2);
    }

    /** What a server speaks shows only once it is connected, and may change. */
    @Test
    void share_whereConnectionsTurnOutToCarryMoreOrLess_followsAtOnce() {
        AtomicInteger connected = new AtomicInteger(10);
        BackgroundShare changing = new BackgroundShare(25, Capacity.ofConnections(connected::get));
        changing.cameLive(3, nowNanos);

        assertThat(changing.of(PERMITS, nowNanos)).isEqualTo(7);
        connected.set(1_000);
        assertThat(changing.of(PERMITS, nowNanos)).isEqualTo(17);
        connected.set(4);
        assertThat(changing.of(PERMITS, nowNanos)).isEqualTo(1);
    }

    @Test
    void share_isNeverLessThanAQuarterAndOne() {
        share.cameLive(1_000, nowNanos);

        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(5);
        assertThat(share.of(2, nowNanos)).isEqualTo(1);
        assertThat(share.of(1, nowNanos)).isEqualTo(1);
    }

    @Test
    void share_afterInteractiveCalls_isAllAgainWithinTenSeconds() {
        share.cameLive(6, nowNanos);
        pass(Duration.ofMillis(5_100));
        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(14);
        share.cameLive(2, nowNanos);

        pass(Duration.ofSeconds(5));
        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(18);
        pass(Duration.ofMillis(4_900));

        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(PERMITS);
    }

    @Test
    void share_whileTheServerIsNoticeablySlower_fallsToItsLeastAndGrowsBack() {
        share.cameLive(4, nowNanos);
        share.answered(1.1, PERMITS, nowNanos);
        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(16);

        answered(1.6, 2 * PERMITS);
        assertThat(share.of(PERMITS, nowNanos)).isBetween(11, 15);
        answered(1.6, 30 * PERMITS);
        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(5);

        answered(1.1, 30 * PERMITS);
        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(16);
    }

    @Test
    void share_ofAServerThatWasSlowBesideInteractiveCalls_isAllOnceTheseAreGone() {
        share.cameLive(4, nowNanos);
        answered(1.6, 30 * PERMITS);
        pass(Duration.ofSeconds(11));

        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(PERMITS);
        answered(1.6, 30 * PERMITS);
        share.cameLive(4, nowNanos);
        assertThat(share.of(PERMITS, nowNanos)).isEqualTo(16);
    }

    private void answered(double slowdown, int times) {
        for (int i = 0; i < times; i++) {
            share.answered(slowdown, PERMITS, nowNanos);
        }
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }
}
