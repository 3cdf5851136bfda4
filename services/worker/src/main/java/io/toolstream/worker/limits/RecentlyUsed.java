package io.toolstream.worker.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Values by name, the ones used last: beyond a number of them the one not used for longest is forgotten. For its owner's lock. */
final class RecentlyUsed<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    private final int most;
    private final transient Supplier<V> fresh;

    RecentlyUsed(int most, Supplier<V> fresh) {
        super(16, 0.75f, true);
        this.most = most;
        this.fresh = fresh;
    }

    V of(String name) {
        V known = get(name);
        if (known == null) {
            known = fresh.get();
            put(name, known);
        }
        return known;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
    }
}
