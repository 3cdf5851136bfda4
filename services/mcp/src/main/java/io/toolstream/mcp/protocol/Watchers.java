package io.toolstream.mcp.protocol;

import io.toolstream.mcp.CatalogueDrift;
import io.toolstream.mcp.CatalogueListener;
import io.toolstream.mcp.ToolCatalogue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Those who want to hear of a server's tools, and the last list read, which the next one is compared with. Any thread. */
final class Watchers {
    private final List<CatalogueListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable ToolCatalogue> last = new AtomicReference<>();

    void add(CatalogueListener listener) {
        listeners.add(listener);
    }

    void remove(CatalogueListener listener) {
        listeners.remove(listener);
    }

    void stale() {
        listeners.forEach(CatalogueListener::onStale);
    }

    void read(ToolCatalogue fresh) {
        ToolCatalogue before = last.getAndSet(fresh);
        if (before == null || listeners.isEmpty()) {
            return;
        }
        CatalogueDrift drift = CatalogueDrift.between(before, fresh);
        if (!drift.isEmpty()) {
            listeners.forEach(listener -> listener.onDrift(drift));
        }
    }
}
