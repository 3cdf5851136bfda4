package io.toolstream.wire;

import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Drift;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueEntry.Listed;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.json.JsonWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The value of a catalogue entry. */
final class CatalogueJson {
    private static final int ENVELOPE_BYTES = 256;

    private CatalogueJson() {}

    static byte[] write(CatalogueEntry entry) {
        if (entry instanceof OfTool tool) {
            return write(tool);
        }
        return entry instanceof AtWorker state ? ServerStateJson.write(state) : write((OfServer) entry);
    }

    private static byte[] write(OfServer server) {
        OurJson json = new OurJson(new JsonWriter(ENVELOPE_BYTES));
        json.begin();
        json.text("type", "server");
        json.text("name", server.name());
        json.text("transport", word(server.transport()));
        json.text("state", word(server.condition().health()));
        json.text("reason", server.condition().reason());
        json.text("protocolVersion", server.protocolVersion());
        json.number("tools", server.tools());
        write(json, server.listed());
        json.number("updatedAt", server.updatedAtMillis());
        return json.end().toByteArray();
    }

    private static void write(OurJson json, Listed listed) {
        if (!listed.disabled().isEmpty()) {
            json.beginArray("disabled");
            new TreeMap<>(listed.disabled()).forEach((name, reason) -> {
                json.begin();
                json.text("name", name);
                json.text("reason", reason);
                json.end();
            });
            json.endArray();
        }
        Drift drift = listed.drift();
        if (drift != null) {
            json.begin("drift");
            json.number("at", drift.atMillis());
            json.texts("added", drift.added());
            json.texts("removed", drift.removed());
            json.texts("changed", drift.changed());
            json.end();
        }
    }

    private static byte[] write(OfTool tool) {
        OurJson json =
                new OurJson(new JsonWriter(ENVELOPE_BYTES + tool.definition().length()));
        json.begin();
        json.text("type", "tool");
        json.text("server", tool.server());
        json.text("name", tool.name());
        json.text("digest", tool.digest());
        json.text("effect", tool.effect());
        if (tool.cacheable()) {
            json.bool("cacheable", true);
        }
        json.raw("definition", tool.definition());
        return json.end().toByteArray();
    }

    /** The entry; which of the kinds it has to be, its key says. */
    static CatalogueEntry read(Fields fields, CatalogueKey key) {
        if (key.worker() != null) {
            return ServerStateJson.read(fields);
        }
        return key.tool() == null ? readServer(fields) : readTool(fields);
    }

    private static OfServer readServer(Fields fields) {
        fields.requireWord("type", "server");
        return new OfServer(
                fields.requiredText("name"),
                fields.requiredWord("transport", Transport.values(), CatalogueJson::word, Transport.HTTP),
                new Condition(
                        fields.requiredWord("state", Health.values(), CatalogueJson::word, Health.UNKNOWN),
                        fields.text("reason")),
                fields.text("protocolVersion"),
                new Listed(
                        (int) fields.requiredInteger("tools", 0, Integer.MAX_VALUE), disabled(fields), drift(fields)),
                fields.requiredInteger("updatedAt", 0, Long.MAX_VALUE));
    }

    private static Map<String, String> disabled(Fields fields) {
        Map<String, String> disabled = new HashMap<>();
        if (fields.has("disabled")) {
            fields.requiredObjects("disabled")
                    .forEach(tool -> disabled.put(tool.requiredText("name"), tool.requiredText("reason")));
        }
        return disabled;
    }

    private static @Nullable Drift drift(Fields fields) {
        Fields drift = fields.nested("drift");
        return drift == null
                ? null
                : new Drift(
                        drift.requiredInteger("at", 0, Long.MAX_VALUE),
                        drift.texts("added"),
                        drift.texts("removed"),
                        drift.texts("changed"));
    }

    private static OfTool readTool(Fields fields) {
        fields.requireWord("type", "tool");
        return new OfTool(
                fields.requiredText("server"),
                fields.requiredText("name"),
                fields.requiredRawObject("definition"),
                fields.requiredText("digest"),
                fields.text("effect"),
                Boolean.TRUE.equals(fields.bool("cacheable")));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
