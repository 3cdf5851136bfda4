package io.toolstream.client;

import io.toolstream.wire.CatalogueChange;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry;
import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds the records of the catalogue topic into its latest state. One thread hands records over; any thread may ask. The
 * snapshot is made when it is asked for, so that reading a long topic costs no copies.
 */
final class CatalogueState implements Consumer<InboundRecord> {
    private static final Logger log = LoggerFactory.getLogger(CatalogueState.class);
    private static final Comparator<CatalogueKey> ORDER = Comparator.comparing(CatalogueKey::server)
            .thenComparing(CatalogueKey::tool, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(CatalogueKey::worker, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final CatalogueCodec codec = new CatalogueCodec();
    private final TreeMap<CatalogueKey, CatalogueEntry> entries = new TreeMap<>(ORDER);
    private @Nullable Catalogue latest;

    @Override
    public void accept(InboundRecord record) {
        Decoded<CatalogueChange> decoded = codec.decode(record);
        if (decoded instanceof Decoded.WellFormed<CatalogueChange> wellFormed) {
            apply(wellFormed.value());
        } else if (decoded instanceof Decoded.Malformed<CatalogueChange> malformed) {
            log.warn("{}: not an entry of the catalogue, ignored: {}", record.position(), malformed.why());
        }
    }

    private synchronized void apply(CatalogueChange change) {
        if (change instanceof CatalogueChange.Put put) {
            entries.put(put.key(), put.entry());
        } else {
            entries.remove(change.key());
        }
        latest = null;
    }

    synchronized Catalogue snapshot() {
        Catalogue known = latest;
        if (known == null) {
            known = collect();
            latest = known;
        }
        return known;
    }

    private Catalogue collect() {
        List<OfServer> servers = new ArrayList<>();
        List<OfTool> tools = new ArrayList<>();
        List<AtWorker> workers = new ArrayList<>();
        for (CatalogueEntry entry : entries.values()) {
            if (entry instanceof OfServer server) {
                servers.add(server);
            } else if (entry instanceof OfTool tool) {
                tools.add(tool);
            } else if (entry instanceof AtWorker worker) {
                workers.add(worker);
            }
        }
        return new Catalogue(servers, tools, workers);
    }
}
