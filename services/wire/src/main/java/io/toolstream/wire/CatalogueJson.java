package io.toolstream.wire;

import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.json.JsonWriter;
import java.util.Locale;

/** The value of a catalogue entry. */
final class CatalogueJson {
    private static final int ENVELOPE_BYTES = 256;

    private CatalogueJson() {}

    static byte[] write(CatalogueEntry entry) {
        if (entry instanceof OfTool tool) {
            return write(tool);
        }
        return write((OfServer) entry);
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
        json.number("updatedAt", server.updatedAtMillis());
        return json.end().toByteArray();
    }

    private static byte[] write(OfTool tool) {
        OurJson json =
                new OurJson(new JsonWriter(ENVELOPE_BYTES + tool.definition().length()));
        json.begin();
        json.text("type", "tool");
        json.text("server", tool.server());
        json.text("name", tool.name());
        json.text("digest", tool.digest());
        json.raw("definition", tool.definition());
        return json.end().toByteArray();
    }

    /** The entry; which of the two kinds it has to be, its key says. */
    static CatalogueEntry read(Fields fields, CatalogueKey key) {
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
                (int) fields.requiredInteger("tools", 0, Integer.MAX_VALUE),
                fields.requiredInteger("updatedAt", 0, Long.MAX_VALUE));
    }

    private static OfTool readTool(Fields fields) {
        fields.requireWord("type", "tool");
        return new OfTool(
                fields.requiredText("server"),
                fields.requiredText("name"),
                fields.requiredRawObject("definition"),
                fields.requiredText("digest"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
