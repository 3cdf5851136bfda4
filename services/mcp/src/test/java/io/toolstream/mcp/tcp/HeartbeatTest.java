package io.toolstream.mcp.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClientSettings.Sharing;
import io.toolstream.mcp.McpClientSettings.Sockets;
import io.toolstream.mcp.tcp.Heartbeat.Beat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When silence is asked about and when it means the end. */
final class HeartbeatTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Heartbeat heartbeat =
            new Heartbeat(new Sharing(1, 1, 1, Duration.ofSeconds(15), Duration.ofSeconds(10), Sockets.JAVA), 0);

    @Test
    void silence_isAskedAbout_andThenTheEnd() {
        assertThat(heartbeat.beat(14 * SECOND, 1)).isEqualTo(Beat.NONE);
        assertThat(heartbeat.beat(15 * SECOND, 1)).isEqualTo(Beat.PING);
        assertThat(heartbeat.dueNanos()).isEqualTo(25 * SECOND);
        assertThat(heartbeat.beat(24 * SECOND, 1)).isEqualTo(Beat.NONE);
        assertThat(heartbeat.beat(25 * SECOND, 1)).isEqualTo(Beat.DEAD);
    }

    @Test
    void anyWord_countsAsAnAnswer() {
        heartbeat.beat(15 * SECOND, 1);
        heartbeat.heard();

        assertThat(heartbeat.beat(26 * SECOND, 1)).isEqualTo(Beat.NONE);
        assertThat(heartbeat.beat(41 * SECOND, 1)).isEqualTo(Beat.PING);
    }

    @Test
    void nothingUnderWay_isLeftAlone() {
        assertThat(heartbeat.beat(100 * SECOND, 0)).isEqualTo(Beat.NONE);

        heartbeat.began(100 * SECOND, 1);

        assertThat(heartbeat.beat(101 * SECOND, 1)).isEqualTo(Beat.NONE);
        assertThat(heartbeat.beat(115 * SECOND, 1)).isEqualTo(Beat.PING);
    }
}
