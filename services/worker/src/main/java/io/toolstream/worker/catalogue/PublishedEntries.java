package io.toolstream.worker.catalogue;

import io.toolstream.wire.CatalogueChange;
import io.toolstream.wire.CatalogueEntry;
import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What stands on the catalogue topic, as far as this worker knows, and what must be written to bring it up to date. Confined
 * to one thread.
 */
final class PublishedEntries {
    /** Of a tombstone that did not get through: differs from every entry's, so that it is written again. */
    private static final String IN_DOUBT = "";

    private final Map<CatalogueKey, String> fingerprints = new HashMap<>();

    /** Takes note of a record that stands on the topic. */
    void note(CatalogueChange change) {
        if (change instanceof CatalogueChange.Put put) {
            fingerprints.put(put.key(), fingerprint(put.entry()));
        } else {
            fingerprints.remove(change.key());
        }
    }

    /** The next update is to write this key again. */
    void doubt(CatalogueKey key) {
        fingerprints.put(key, IN_DOUBT);
    }

    /**
     * Entries that are new or different, and removals of keys that are {@code gone} unless they are among the entries. They
     * count as published from here on.
     */
    List<CatalogueChange> update(List<CatalogueEntry> entries, Predicate<CatalogueKey> gone) {
        List<CatalogueChange> changes = new ArrayList<>();
        for (CatalogueEntry entry : entries) {
            if (!fingerprint(entry).equals(fingerprints.get(entry.key()))) {
                changes.add(new CatalogueChange.Put(entry));
            }
        }
        Set<CatalogueKey> kept =
                Set.copyOf(entries.stream().map(CatalogueEntry::key).toList());
        fingerprints.keySet().stream()
                .filter(key -> gone.test(key) && !kept.contains(key))
                .forEach(key -> changes.add(new CatalogueChange.Removed(key)));
        changes.forEach(this::note);
        return changes;
    }

    /** Tells entries apart, but for the time of their writing; whoever writes a worker's view knows when it is worth it. */
    private static String fingerprint(CatalogueEntry entry) {
        if (entry instanceof OfServer server) {
            return String.join(
                    "|",
                    server.transport().name(),
                    server.condition().toString(),
                    String.valueOf(server.protocolVersion()),
                    String.valueOf(new TreeMap<>(server.listed().disabled())),
                    String.valueOf(server.listed().drift()),
                    Integer.toString(server.tools()));
        }
        if (entry instanceof AtWorker state) {
            return Long.toString(state.updatedAtMillis());
        }
        OfTool tool = (OfTool) entry;
        return String.join("|", tool.digest(), String.valueOf(tool.effect()), Boolean.toString(tool.cacheable()));
    }
}
