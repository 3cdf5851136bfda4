package io.toolstream.wire;

import java.util.List;
import java.util.function.Function;

/** One report of a worker as a JSON object. */
final class StateReportJson {
    private static final String[] BREAKER_STATES = {"closed", "half-open", "open"};

    private StateReportJson() {}

    static void write(OurJson json, StateReport report) {
        json.begin();
        json.text("worker", report.worker());
        json.number("life", report.lifeMillis());
        json.number("sequence", report.sequence());
        json.number("timestamp", report.timestampMillis());
        writeLoad(json, report.load());
        json.beginArray("servers");
        report.servers().forEach(server -> write(json, server));
        json.endArray();
        json.end();
    }

    private static void writeLoad(OurJson json, StateReport.Load load) {
        json.number("inFlight", load.inFlight());
        json.number("parked", load.parked());
        json.number("oldestMillis", load.oldestMillis());
    }

    private static void write(OurJson json, StateReport.OfServer server) {
        json.begin();
        json.text("server", server.server());
        writeLoad(json, server.load());
        json.begin("breaker");
        json.text("state", server.breaker().state());
        json.number("openMillis", server.breaker().openMillis());
        json.number("transitions", server.breaker().transitions());
        write(json, server.breaker().changes());
        json.end();
        json.begin("connections");
        json.number("opened", server.connections().opened());
        json.number("failed", server.connections().failed());
        json.number("requests", server.connections().requests());
        json.number("reused", server.connections().reused());
        json.number("establishMicros", server.connections().establishMicros());
        json.end();
        json.begin("health");
        json.number("probes", server.health().probes());
        json.number("failures", server.health().failures());
        json.end();
        json.end();
    }

    private static void write(OurJson json, List<StateReport.Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        json.beginArray("changes");
        for (StateReport.Change change : changes) {
            json.begin();
            json.text("endpoint", change.endpoint());
            json.number("timestamp", change.timestampMillis());
            json.text("from", change.from());
            json.text("to", change.to());
            json.text("cause", change.cause());
            json.end();
        }
        json.endArray();
    }

    static StateReport read(Fields fields) {
        List<Fields> servers = fields.optionalObjects("servers");
        return new StateReport(
                fields.requiredText("worker"),
                count(fields, "life"),
                fields.requiredInteger("sequence", 1, Long.MAX_VALUE),
                count(fields, "timestamp"),
                load(fields),
                servers.stream().map(StateReportJson::server).toList());
    }

    private static StateReport.OfServer server(Fields fields) {
        Fields breaker = fields.requiredNested("breaker");
        Fields connections = fields.requiredNested("connections");
        Fields health = fields.requiredNested("health");
        return new StateReport.OfServer(
                fields.requiredText("server"),
                load(fields),
                new StateReport.Breaker(
                        breaker.requiredWord("state", BREAKER_STATES, Function.identity(), "closed"),
                        count(breaker, "openMillis"),
                        count(breaker, "transitions"),
                        breaker.optionalObjects("changes").stream()
                                .map(StateReportJson::change)
                                .toList()),
                new StateReport.Connections(
                        count(connections, "opened"),
                        count(connections, "failed"),
                        count(connections, "requests"),
                        count(connections, "reused"),
                        count(connections, "establishMicros")),
                new StateReport.Health(count(health, "probes"), count(health, "failures")));
    }

    private static StateReport.Change change(Fields fields) {
        return new StateReport.Change(
                fields.requiredText("endpoint"),
                count(fields, "timestamp"),
                fields.requiredWord("from", BREAKER_STATES, Function.identity(), "closed"),
                fields.requiredWord("to", BREAKER_STATES, Function.identity(), "closed"),
                fields.requiredText("cause"));
    }

    private static StateReport.Load load(Fields fields) {
        return new StateReport.Load(count(fields, "inFlight"), count(fields, "parked"), count(fields, "oldestMillis"));
    }

    private static long count(Fields fields, String name) {
        return fields.requiredInteger(name, 0, Long.MAX_VALUE);
    }
}
