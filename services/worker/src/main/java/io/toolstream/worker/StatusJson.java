package io.toolstream.worker;

import io.toolstream.runtime.admin.AdminAnswer;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What the admin endpoint answers to {@code GET /servers}. */
final class StatusJson {
    private StatusJson() {}

    static AdminAnswer answer(List<ServerStatus> servers) {
        JsonWriter json = new JsonWriter(1_024).beginArray();
        servers.forEach(server -> write(json, server));
        json.endArray();
        return AdminAnswer.json(200, new String(json.toByteArray(), StandardCharsets.UTF_8) + "\n");
    }

    private static void write(JsonWriter json, ServerStatus server) {
        json.beginObject().name("name").string(server.name());
        json.name("transport").string(server.transport().name().toLowerCase(Locale.ROOT));
        json.name("state").string(server.condition().health().name().toLowerCase(Locale.ROOT));
        String reason = server.condition().reason();
        if (reason != null) {
            json.name("reason").string(reason);
        }
        json.name("tools").number(server.tools());
        json.name("inFlight").number(server.inFlight());
        RawJson endpoints = CatalogueCodec.endpoints(server.endpoints());
        json.name("endpoints").raw(endpoints.array(), endpoints.offset(), endpoints.length());
        json.endObject();
    }
}
