package io.toolstream.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SessionTimesTest {
    private final AtomicLong nanos = new AtomicLong(100);
    private final SessionTimes times = new SessionTimes(nanos::get);

    @Test
    void became_countsThoseThatAreOver() {
        Session first = session();
        times.became(first);
        nanos.addAndGet(30);
        times.became(first);
        assertThat(times.counts().count()).as("still running").isZero();

        times.became(session());
        nanos.addAndGet(5);
        times.became(null);
        times.became(null);

        assertThat(times.counts().count()).isEqualTo(2);
        assertThat(times.counts().totalNanos()).isEqualTo(35);
        assertThat(times.counts().maxNanos()).isEqualTo(30);
    }

    /** One that nobody asks anything. */
    private static Session session() {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> null);
    }
}
