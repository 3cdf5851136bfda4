package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import org.junit.jupiter.api.Test;

final class CatalogueStateTest {
    private static final OfServer FS =
            new OfServer("fs", Transport.STDIO, new Condition(Health.HEALTHY, null), "2025-06-18", 2, 1);

    private final CatalogueCodec codec = new CatalogueCodec();
    private final CatalogueState state = new CatalogueState();

    @Test
    void snapshot_isSortedWhateverTheOrderOfTheRecords() {
        put(tool("fs", "write"));
        put(tool("fs", "read"));
        put(tool("a", "x"));
        put(FS);

        assertThat(state.snapshot().tools()).extracting(OfTool::name).containsExactly("x", "read", "write");
        assertThat(state.snapshot().toolsOf("fs")).hasSize(2);
        assertThat(state.snapshot().server("fs")).contains(FS);
    }

    @Test
    void put_again_replaces() {
        put(FS);
        OfServer ill = new OfServer("fs", Transport.STDIO, new Condition(Health.UNHEALTHY, "gone"), null, 0, 2);
        put(ill);

        assertThat(state.snapshot().servers()).containsExactly(ill);
    }

    @Test
    void tombstone_removes() {
        put(tool("fs", "read"));
        accept(codec.encodeRemoval(tool("fs", "read").key()));

        assertThat(state.snapshot().tools()).isEmpty();
    }

    @Test
    void nonsense_isPassedOver() {
        put(FS);
        state.accept(new InboundRecord(
                new RecordPosition("catalogue", 0, 9), 0, new byte[] {1}, new byte[] {2}, Headers.NONE));

        assertThat(state.snapshot().servers()).containsExactly(FS);
    }

    @Test
    void tool_byOneNameForBoth_isFoundInEveryForm() {
        put(tool("a_b", "c_d"));

        for (String name : new String[] {"a_b__c_d", "mcp__a_b__c_d", "a_b.c_d", "a_b/c_d", "a_b:c_d", "a_b_c_d"}) {
            assertThat(state.snapshot().tool(name)).as(name).isPresent();
        }
        assertThat(state.snapshot().tool("a_b___c_d")).isEmpty();
    }

    private static OfTool tool(String server, String name) {
        return new OfTool(server, name, RawJson.ofText("{\"name\":\"" + name + "\"}"), "d1");
    }

    private void put(CatalogueEntry entry) {
        accept(codec.encode(entry));
    }

    private void accept(OutboundRecord record) {
        state.accept(new InboundRecord(
                new RecordPosition("catalogue", 0, 0), 0, record.key(), record.value(), record.headers()));
    }
}
