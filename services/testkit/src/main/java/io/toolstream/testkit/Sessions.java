package io.toolstream.testkit;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions that are open. */
final class Sessions {
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    String create() {
        String id = UUID.randomUUID().toString();
        open.add(id);
        return id;
    }

    boolean isOpen(@Nullable String id) {
        return id != null && open.contains(id);
    }

    boolean delete(@Nullable String id) {
        return id != null && open.remove(id);
    }

    void expireAll() {
        open.clear();
    }
}
