package io.toolstream.client.deadletters;

import io.toolstream.client.Catalogue;
import io.toolstream.wire.CatalogueChange;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.Target;
import io.toolstream.wire.TopicNames;
import java.util.HashMap;
import java.util.Map;

/** What workers tell of tools: which server a name of both means, and which tools run once; one that nobody tells of may. */
final class KnownTools {
    private static final String ONCE = "once";

    private final Map<Target, String> effects = new HashMap<>();
    private final Map<String, Target> byComposedName = new HashMap<>();

    private KnownTools(Iterable<CatalogueEntry> entries) {
        for (CatalogueEntry entry : entries) {
            if (entry instanceof CatalogueEntry.OfTool tool) {
                Target target = new Target(tool.server(), tool.name());
                effects.put(target, tool.effect());
                Catalogue.composedNames(tool.server(), tool.name())
                        .forEach(name -> byComposedName.putIfAbsent(name, target));
            }
        }
    }

    static KnownTools read(Topics topics, TopicNames names) {
        Map<CatalogueKey, CatalogueEntry> entries = new HashMap<>();
        CatalogueCodec codec = new CatalogueCodec();
        if (topics.partitions(names.catalogue()).isPresent()) {
            topics.read(names.catalogue(), record -> {
                if (codec.decode(record) instanceof Decoded.WellFormed<CatalogueChange> change) {
                    apply(change.value(), entries);
                }
            });
        }
        return new KnownTools(entries.values());
    }

    private static void apply(CatalogueChange change, Map<CatalogueKey, CatalogueEntry> entries) {
        if (change instanceof CatalogueChange.Put put) {
            entries.put(put.key(), put.entry());
        } else {
            entries.remove(change.key());
        }
    }

    /** Server and tool, where the tool's name tells both. */
    Target resolved(Target asWritten) {
        return asWritten.server() != null ? asWritten : byComposedName.getOrDefault(asWritten.tool(), asWritten);
    }

    /** @param target resolved */
    boolean mayRunOnce(Target target) {
        return effects.getOrDefault(target, ONCE).equals(ONCE);
    }
}
