package io.toolstream.wire;

import io.toolstream.wire.StateFigures.Count;
import io.toolstream.wire.StateFigures.Level;
import io.toolstream.wire.json.JsonWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes the figures of a window as a JSON object. What can be reckoned from the rest is written too, for readers' ease. */
final class MetricsJson {
    private static final int EXPECTED_BYTES = 2_048;

    private final OurJson json = new OurJson(new JsonWriter(EXPECTED_BYTES));

    private MetricsJson() {}

    static byte[] write(WindowMetrics metrics) {
        MetricsJson writer = new MetricsJson();
        writer.metrics(metrics);
        return writer.json.toByteArray();
    }

    private void metrics(WindowMetrics metrics) {
        WindowMetrics.Window window = metrics.window();
        json.begin();
        json.text("scope", window.scope().kind().text());
        json.text("server", window.scope().server());
        json.text("tool", window.scope().tool());
        json.text("window", window.length().text());
        json.number("start", window.startMillis());
        json.number("end", window.endMillis());
        json.bool("final", metrics.issue().isFinal());
        json.number("revision", metrics.issue().revision());
        json.number("updatedAt", metrics.issue().updatedMillis());
        json.number("calls", metrics.calls().calls());
        decimal("perSecond", metrics.callsPerSecond());
        calls(metrics.calls());
        if (metrics.state() != null) {
            state(metrics.state());
        }
        json.end();
    }

    private void calls(CallFigures calls) {
        json.begin("statuses");
        for (Status status : Status.values()) {
            unlessZero(status.text(), calls.of(status));
        }
        json.end();
        json.begin("codes");
        calls.codes().forEach(json::number);
        json.end();
        for (CallFigures.Count count : CallFigures.Count.values()) {
            if (!count.isOptional() || calls.of(count) > 0) {
                json.number(count.text(), calls.of(count));
            }
        }
        times("queueMicros", calls.queue());
        times("executeMicros", calls.execute());
        times("totalMicros", calls.total());
    }

    private void unlessZero(String name, long count) {
        if (count != 0) {
            json.number(name, count);
        }
    }

    private void times(String name, LatencySketch times) {
        json.begin(name);
        json.number("count", times.count());
        json.number("sum", times.sumMicros());
        decimal("mean", times.meanMicros());
        json.number("max", times.maxMicros());
        decimal("p50", times.quantileMicros(0.5));
        decimal("p95", times.quantileMicros(0.95));
        decimal("p99", times.quantileMicros(0.99));
        json.begin("bins");
        for (int i = 0; i < times.bins(); i++) {
            json.number(Integer.toString(times.binAt(i)), times.countAt(i));
        }
        json.end();
        json.end();
    }

    private void state(StateFigures state) {
        Level level = state.level();
        json.begin("state");
        json.number("workers", level.workers());
        json.number("inFlight", level.inFlight());
        json.number("parked", level.parked());
        json.number("oldestMillis", level.oldestMillis());
        json.begin("breaker");
        json.number("open", level.breakersOpen());
        json.number("openMillis", state.of(Count.OPEN_MILLIS));
        json.number("transitions", state.of(Count.TRANSITIONS));
        json.end();
        json.begin("connections");
        json.number("opened", state.of(Count.OPENED));
        json.number("failed", state.of(Count.CONNECT_FAILED));
        json.number("requests", state.of(Count.REQUESTS));
        json.number("reused", state.of(Count.REUSED));
        json.number("establishMicros", state.of(Count.ESTABLISH_MICROS));
        json.end();
        json.begin("health");
        json.number("probes", state.of(Count.PROBES));
        json.number("failures", state.of(Count.PROBE_FAILURES));
        json.end();
        json.end();
    }

    /** Three places, as many as are needed. */
    private void decimal(String name, double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).stripTrailingZeros();
        json.raw(name, RawJson.ofText(rounded.toPlainString()));
    }
}
