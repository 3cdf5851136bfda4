package io.toolstream.client;

import io.toolstream.wire.CatalogueChange;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Target;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tools whose answers workers may keep, as the catalogue topic says: only their names stay in memory. One thread hands
 * records over; any may ask.
 */
final class CacheableTools implements Consumer<InboundRecord> {
    private final CatalogueCodec codec = new CatalogueCodec();
    private final Map<CatalogueKey, CatalogueKey> tools = new ConcurrentHashMap<>();
    private final Map<String, CatalogueKey> composed = new ConcurrentHashMap<>();

    @Override
    public void accept(InboundRecord record) {
        if (codec.decode(record) instanceof Decoded.WellFormed<CatalogueChange> change) {
            apply(change.value());
        }
    }

    private void apply(CatalogueChange change) {
        CatalogueKey key = change.key();
        String name = key.tool();
        if (name == null) {
            return;
        }
        boolean isCacheable =
                change instanceof CatalogueChange.Put put && put.entry() instanceof OfTool tool && tool.cacheable();
        if (isCacheable) {
            tools.put(key, key);
            Catalogue.composedNames(key.server(), name).forEach(form -> composed.put(form, key));
        } else if (tools.remove(key) != null) {
            Catalogue.composedNames(key.server(), name).forEach(form -> composed.remove(form, key));
        }
    }

    /** Server and tool of such a tool, both named, however the call names them; null for all others. */
    @Nullable
    Target find(Target target) {
        String server = target.server();
        CatalogueKey found =
                server == null ? composed.get(target.tool()) : tools.get(new CatalogueKey(server, target.tool()));
        return found == null ? null : new Target(found.server(), Objects.requireNonNull(found.tool()));
    }
}
