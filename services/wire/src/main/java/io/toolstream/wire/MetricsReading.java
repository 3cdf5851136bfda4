package io.toolstream.wire;

import io.toolstream.wire.StateFigures.Count;
import io.toolstream.wire.StateFigures.Level;
import io.toolstream.wire.WindowMetrics.Issue;
import io.toolstream.wire.WindowMetrics.Window;
import org.jspecify.annotations.Nullable;

/** Reads the figures of a window from a JSON object; what can be reckoned from the rest is not looked at. */
final class MetricsReading {
    private final Problems problems;

    MetricsReading(Problems problems) {
        this.problems = problems;
    }

    WindowMetrics read(Fields fields) {
        return new WindowMetrics(
                new Window(
                        scope(fields),
                        fields.requiredWord(
                                "window", WindowLength.values(), WindowLength::text, WindowLength.TEN_SECONDS),
                        count(fields, "start")),
                new Issue(
                        fields.requiredBool("final"),
                        (int) fields.requiredInteger("revision", 0, Integer.MAX_VALUE),
                        count(fields, "updatedAt")),
                calls(fields),
                state(fields.nested("state")));
    }

    private MetricsScope scope(Fields fields) {
        MetricsScope.Kind kind = fields.requiredWord(
                "scope", MetricsScope.Kind.values(), MetricsScope.Kind::text, MetricsScope.Kind.TOTAL);
        return switch (kind) {
            case TOTAL -> MetricsScope.TOTAL;
            case SERVER -> MetricsScope.server(fields.requiredText("server"));
            case TOOL -> new MetricsScope(fields.requiredText("server"), fields.requiredText("tool"));
        };
    }

    private CallFigures calls(Fields fields) {
        CallFigures calls = new CallFigures();
        Fields statuses = fields.requiredNested("statuses");
        for (Status status : Status.values()) {
            if (statuses.has(status.text())) {
                calls.add(status, count(statuses, status.text()));
            }
        }
        Fields codes = fields.requiredNested("codes");
        codes.names().forEach(code -> calls.add(code, count(codes, code)));
        for (CallFigures.Count count : CallFigures.Count.values()) {
            if (!count.isOptional() || fields.has(count.text())) {
                calls.add(count, count(fields, count.text()));
            }
        }
        times(fields.requiredNested("queueMicros"), calls.queue());
        times(fields.requiredNested("executeMicros"), calls.execute());
        times(fields.requiredNested("totalMicros"), calls.total());
        return calls;
    }

    private void times(Fields fields, LatencySketch into) {
        Fields bins = fields.requiredNested("bins");
        for (String name : bins.names()) {
            if (name.matches("-1|0|[1-9][0-9]{0,3}") && LatencySketch.isBin(Integer.parseInt(name))) {
                into.addToBin(Integer.parseInt(name), count(bins, name));
            } else {
                problems.add(ErrorCode.INVALID_VALUE, bins.pointerTo(name) + " is no bin");
            }
        }
        into.note(count(fields, "sum"), count(fields, "max"));
    }

    private static @Nullable StateFigures state(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        Fields breaker = fields.requiredNested("breaker");
        Fields connections = fields.requiredNested("connections");
        Fields health = fields.requiredNested("health");
        StateFigures state = new StateFigures();
        state.setLevel(new Level(
                count(fields, "workers"),
                count(fields, "inFlight"),
                count(fields, "parked"),
                count(fields, "oldestMillis"),
                count(breaker, "open")));
        state.add(Count.OPEN_MILLIS, count(breaker, "openMillis"));
        state.add(Count.TRANSITIONS, count(breaker, "transitions"));
        state.add(Count.OPENED, count(connections, "opened"));
        state.add(Count.CONNECT_FAILED, count(connections, "failed"));
        state.add(Count.REQUESTS, count(connections, "requests"));
        state.add(Count.REUSED, count(connections, "reused"));
        state.add(Count.ESTABLISH_MICROS, count(connections, "establishMicros"));
        state.add(Count.PROBES, count(health, "probes"));
        state.add(Count.PROBE_FAILURES, count(health, "failures"));
        return state;
    }

    private static long count(Fields fields, String name) {
        return fields.requiredInteger(name, 0, Long.MAX_VALUE);
    }
}
