package io.toolstream.cli.catalogue;

import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape in which programs are told of servers and tools. To change it is a breaking change. */
final class CatalogueJson {
    private CatalogueJson() {}

    /** @param views how workers find it that are there */
    static Map<String, Object> server(OfServer server, List<AtWorker> views) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", server.name());
        members.put("transport", server.transport().name().toLowerCase(Locale.ROOT));
        members.put("health", server.condition().health().name().toLowerCase(Locale.ROOT));
        putIfKnown(members, "reason", server.condition().reason());
        putIfKnown(members, "protocolVersion", server.protocolVersion());
        members.put("tools", server.tools());
        members.put("updatedAtMillis", server.updatedAtMillis());
        if (!views.isEmpty()) {
            members.put("workers", views.stream().map(CatalogueJson::view).toList());
        }
        return members;
    }

    private static Map<String, Object> view(AtWorker view) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("worker", view.worker());
        members.put("inFlight", view.inFlight());
        members.put("endpoints", CatalogueCodec.endpoints(view.endpoints()));
        members.put("updatedAtMillis", view.updatedAtMillis());
        return members;
    }

    static Map<String, Object> tool(OfTool tool) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("server", tool.server());
        members.put("name", tool.name());
        members.put("digest", tool.digest());
        members.put("definition", tool.definition());
        return members;
    }

    private static void putIfKnown(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
