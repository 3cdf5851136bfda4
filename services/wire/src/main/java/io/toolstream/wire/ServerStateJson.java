package io.toolstream.wire;

import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.EndpointState.Condition;
import io.toolstream.wire.EndpointState.Connections;
import io.toolstream.wire.json.JsonWriter;
import java.util.List;

/** A tool server as one worker finds it, as a JSON object. */
final class ServerStateJson {
    private static final int EXPECTED_BYTES = 512;

    private ServerStateJson() {}

    static byte[] write(AtWorker state) {
        OurJson json = new OurJson(new JsonWriter(EXPECTED_BYTES));
        json.begin();
        json.text("type", "worker");
        json.text("server", state.server());
        json.text("worker", state.worker());
        json.number("inFlight", state.inFlight());
        json.raw("endpoints", endpoints(state.endpoints()));
        json.number("updatedAt", state.updatedAtMillis());
        return json.end().toByteArray();
    }

    /** As an array. */
    static RawJson endpoints(List<EndpointState> endpoints) {
        JsonWriter json = new JsonWriter(EXPECTED_BYTES).beginArray();
        endpoints.forEach(endpoint -> write(new OurJson(json), endpoint));
        byte[] bytes = json.endArray().toByteArray();
        return RawJson.of(bytes, 0, bytes.length);
    }

    private static void write(OurJson json, EndpointState endpoint) {
        json.begin();
        json.text("name", endpoint.name());
        write(json, "health", endpoint.health());
        write(json, "breaker", endpoint.breaker());
        Connections connections = endpoint.connections();
        json.begin("connections");
        json.number("inUse", connections.inUse());
        json.number("idle", connections.idle());
        json.number("waiting", connections.waiting());
        json.number("opened", connections.opened());
        json.number("reused", connections.reused());
        json.end();
        json.number("roundTripMicros", endpoint.roundTripMicros());
        json.text("protocolVersion", endpoint.protocolVersion());
        json.end();
    }

    private static void write(OurJson json, String name, Condition condition) {
        json.begin(name);
        json.text("state", condition.state());
        json.text("cause", condition.cause());
        json.number("since", condition.sinceMillis());
        json.number("next", condition.nextMillis());
        json.end();
    }

    static AtWorker read(Fields fields) {
        fields.requireWord("type", "worker");
        return new AtWorker(
                fields.requiredText("server"),
                fields.requiredText("worker"),
                fields.requiredInteger("inFlight", 0, Long.MAX_VALUE),
                endpoints(fields),
                fields.requiredInteger("updatedAt", 0, Long.MAX_VALUE));
    }

    private static List<EndpointState> endpoints(Fields fields) {
        return fields.requiredObjects("endpoints").stream()
                .map(ServerStateJson::endpoint)
                .toList();
    }

    private static EndpointState endpoint(Fields fields) {
        return new EndpointState(
                fields.requiredText("name"),
                condition(fields.requiredNested("health")),
                condition(fields.requiredNested("breaker")),
                connections(fields.requiredNested("connections")),
                fields.integer("roundTripMicros"),
                fields.text("protocolVersion"));
    }

    private static Condition condition(Fields fields) {
        return new Condition(
                fields.requiredText("state"),
                fields.text("cause"),
                fields.requiredInteger("since", 0, Long.MAX_VALUE),
                fields.integer("next"));
    }

    private static Connections connections(Fields fields) {
        return new Connections(
                number(fields, "inUse"),
                number(fields, "idle"),
                number(fields, "waiting"),
                number(fields, "opened"),
                number(fields, "reused"));
    }

    private static long number(Fields fields, String name) {
        return fields.requiredInteger(name, 0, Long.MAX_VALUE);
    }
}
