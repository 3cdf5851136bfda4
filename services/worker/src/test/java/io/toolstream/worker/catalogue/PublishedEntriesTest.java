package io.toolstream.worker.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.CatalogueChange;
import io.toolstream.wire.CatalogueEntry;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.RawJson;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublishedEntriesTest {
    private final PublishedEntries published = new PublishedEntries();

    @Test
    void update_newEntries_arePut() {
        assertThat(published.update(List.of(server(2, 100), tool("read", "d1")), key -> false))
                .hasSize(2);
    }

    @Test
    void update_sameEntriesLater_changeNothing() {
        published.update(List.of(server(1, 100), tool("read", "d1")), key -> false);

        assertThat(published.update(List.of(server(1, 999), tool("read", "d1")), key -> false))
                .isEmpty();
    }

    @Test
    void update_changedDefinition_isPut() {
        published.update(List.of(server(1, 100), tool("read", "d1")), key -> false);

        List<CatalogueChange> changes = published.update(List.of(server(1, 100), tool("read", "d2")), key -> false);

        assertThat(changes).extracting(CatalogueChange::key).containsExactly(new CatalogueKey("fs", "read"));
    }

    /** The settings became others, the server did not. */
    @Test
    void update_otherEffect_orAnswersAreKept_isPut() {
        published.update(List.of(tool("read", "d1")), key -> false);

        OfTool effect = new OfTool("fs", "read", RawJson.EMPTY_OBJECT, "d1", "read");
        assertThat(published.update(List.of(effect), key -> false)).hasSize(1);
        OfTool cacheable = new OfTool("fs", "read", RawJson.EMPTY_OBJECT, "d1", "read", true);
        assertThat(published.update(List.of(cacheable), key -> false)).hasSize(1);
    }

    @Test
    void update_goneTool_isRemovedOnce() {
        published.update(List.of(tool("read", "d1"), tool("write", "d1")), key -> false);

        List<CatalogueChange> changes = published.update(List.of(tool("read", "d1")), key -> key.tool() != null);

        assertThat(changes).containsExactly(new CatalogueChange.Removed(new CatalogueKey("fs", "write")));
        assertThat(published.update(List.of(tool("read", "d1")), key -> key.tool() != null))
                .isEmpty();
    }

    @Test
    void update_whatWasNoted_isNotPutAgain() {
        published.note(new CatalogueChange.Put(tool("read", "d1")));

        assertThat(published.update(List.of(tool("read", "d1")), key -> false)).isEmpty();
    }

    @Test
    void update_whatIsInDoubt_isWrittenAgain() {
        published.update(List.of(tool("read", "d1")), key -> false);
        published.doubt(new CatalogueKey("fs", "read"));
        published.doubt(new CatalogueKey("fs", "gone"));

        List<CatalogueChange> changes = published.update(List.of(tool("read", "d1")), key -> true);

        assertThat(changes)
                .containsExactlyInAnyOrder(
                        new CatalogueChange.Put(tool("read", "d1")),
                        new CatalogueChange.Removed(new CatalogueKey("fs", "gone")));
    }

    private static CatalogueEntry server(int tools, long updatedAtMillis) {
        return new OfServer("fs", Transport.HTTP, new Condition(Health.HEALTHY, null), null, tools, updatedAtMillis);
    }

    private static CatalogueEntry tool(String name, String digest) {
        return new OfTool("fs", name, RawJson.EMPTY_OBJECT, digest);
    }
}
