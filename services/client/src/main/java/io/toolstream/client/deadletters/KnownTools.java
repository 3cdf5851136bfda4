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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tools run once, as workers say in the catalogue; one that nobody tells of may. */
final class OnceTools {
    private final Catalogue catalogue;

    private OnceTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static OnceTools read(Topics topics, TopicNames names) {
        Map<CatalogueKey, CatalogueEntry> entries = new HashMap<>();
        CatalogueCodec codec = new CatalogueCodec();
        if (topics.partitions(names.catalogue()).isPresent()) {
            topics.read(names.catalogue(), record -> {
                if (codec.decode(record) instanceof Decoded.WellFormed<CatalogueChange> change) {
                    apply(change.value(), entries);
                }
            });
        }
        List<CatalogueEntry.OfTool> tools = entries.values().stream()
                .filter(CatalogueEntry.OfTool.class::isInstance)
                .map(CatalogueEntry.OfTool.class::cast)
                .toList();
        return new OnceTools(new Catalogue(List.of(), tools, List.of()));
    }

    private static void apply(CatalogueChange change, Map<CatalogueKey, CatalogueEntry> entries) {
        if (change instanceof CatalogueChange.Put put) {
            entries.put(put.key(), put.entry());
        } else {
            entries.remove(change.key());
        }
    }

    boolean mayRunOnce(Target target) {
        String server = target.server();
        Optional<CatalogueEntry.OfTool> tool =
                server == null ? catalogue.tool(target.tool()) : catalogue.tool(server, target.tool());
        String effect = tool.map(CatalogueEntry.OfTool::effect).orElse("once");
        return effect.equals("once");
    }
}
