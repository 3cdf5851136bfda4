package io.toolstream.worker.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.runtime.meter.Meters;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LimitMetersTest {
    private final Meters meters = new Meters();
    private final LimitMeters limits = LimitMeters.of(meters);

    @Test
    void server_tellsPermitsWaitsAndRefusals() {
        AtomicInteger waiting = new AtomicInteger(7);
        LimitMeters.OfServer server = limits.server("fs").show("waiting", waiting::get);
        server.waited(Duration.ofMillis(30));
        server.refused("full");
        server.refused("full");

        assertThat(meters.scrape())
                .contains("toolstream_tool_server_permits{mcp_server=\"fs\",state=\"waiting\"} 7.0")
                .contains("toolstream_tool_server_refused_total{mcp_server=\"fs\",reason=\"full\"} 2.0")
                .contains("toolstream_tool_server_wait_seconds_count{mcp_server=\"fs\"} 1");
    }

    @Test
    void server_openedAnew_isShownAsItIsNow() {
        limits.server("fs").show("allowed", () -> 10);
        limits.server("fs").show("allowed", () -> 4);

        assertThat(meters.scrape()).contains("toolstream_tool_server_permits{mcp_server=\"fs\",state=\"allowed\"} 4.0");
    }
}
