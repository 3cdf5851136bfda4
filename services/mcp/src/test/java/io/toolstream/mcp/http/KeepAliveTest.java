package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClientSettings.IdleLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class KeepAliveTest {
    @Test
    void announced_readsTheTimeout() {
        assertThat(KeepAlive.announced("timeout=5")).isEqualTo(Duration.ofSeconds(5));
        assertThat(KeepAlive.announced("max=100, Timeout = 60")).isEqualTo(Duration.ofSeconds(60));
        assertThat(KeepAlive.announced("mytimeout=5")).isNull();
        assertThat(KeepAlive.announced("timeout=")).isNull();
        assertThat(KeepAlive.announced(null)).isNull();
    }

    @Test
    void limit_staysBelowWhatTheServerKeeps() {
        IdleLimits limits = new IdleLimits(Duration.ofSeconds(50), Duration.ofSeconds(4));

        assertThat(KeepAlive.limit(null, limits)).isEqualTo(Duration.ofSeconds(4));
        assertThat(KeepAlive.limit(Duration.ofSeconds(5), limits)).isEqualTo(Duration.ofSeconds(4));
        assertThat(KeepAlive.limit(Duration.ofSeconds(1), limits)).isEqualTo(Duration.ofMillis(500));
        assertThat(KeepAlive.limit(Duration.ofSeconds(0), limits)).isEqualTo(Duration.ZERO);
        assertThat(KeepAlive.limit(Duration.ofSeconds(600), limits)).isEqualTo(Duration.ofSeconds(50));
    }
}
