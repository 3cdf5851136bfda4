package io.toolstream.worker.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.CatalogueDrift;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.ToolFixtures;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionMetersTest {
    private final Meters meters = new Meters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void show_everyCountOfConnections_untilItIsClosed() {
        ConnectionMeters shown = ConnectionMeters.show(meters, "fs", "fs#1", new FakeToolServer("fs#1"));

        assertThat(meters.scrape())
                .contains("toolstream_tool_server_connections{endpoint=\"fs#1\",mcp_server=\"fs\",state=\"in_use\"}")
                .contains("toolstream_tool_server_requests_total{connection=\"reused\"")
                .contains("toolstream_tool_server_connect_seconds_count{")
                .contains("toolstream_tool_server_borrow_seconds_sum{")
                .contains("toolstream_tool_server_memory_bytes{")
                .contains("toolstream_tool_server_anomalies_total{endpoint=\"fs#1\",kind=\"stray-answer\"");

        shown.close();
        assertThat(meters.scrape()).doesNotContain("fs#1");
    }

    @Test
    void catalogue_toolsAndDrift_untilTheServerIsForgotten() {
        CatalogueMeters catalogue = CatalogueMeters.of(meters);
        catalogue.read(ToolFixtures.server("fs", "read"));
        catalogue.read(ToolFixtures.server("fs", "read", "write"));
        catalogue.drifted("fs", new CatalogueDrift(Set.of("write"), Set.of(), Set.of()));

        assertThat(meters.scrape())
                .contains("toolstream_tool_server_tools{mcp_server=\"fs\",state=\"usable\"} 2.0")
                .contains("toolstream_tool_server_up{mcp_server=\"fs\"} 1.0")
                .contains("toolstream_tool_server_drift_total{change=\"added\",mcp_server=\"fs\"} 1.0");

        catalogue.forgotten("fs");
        assertThat(meters.scrape()).doesNotContain("toolstream_tool_server_tools{");
    }
}
