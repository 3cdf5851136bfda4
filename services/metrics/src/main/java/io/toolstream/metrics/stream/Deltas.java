package io.toolstream.metrics.stream;

import io.toolstream.wire.Event;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.WindowLength;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** How much more there is of what, gathered from one record. */
final class Deltas {
    private final Map<Slot, Figures> figures = new LinkedHashMap<>();

    /** A call of a tool; to be {@link #rollUp rolled up}. */
    void count(MetricsScope tool, long atMillis, Event event) {
        at(tool, atMillis).calls().add(event);
    }

    /** What there is so far for the scope at this moment. */
    Figures at(MetricsScope scope, long atMillis) {
        Slot slot = new Slot(scope, WindowLength.TEN_SECONDS.startOf(atMillis));
        return figures.computeIfAbsent(slot, unused -> new Figures());
    }

    /** What is counted of tools is counted of their servers and of everything too. */
    void rollUp() {
        List<Map.Entry<Slot, Figures>> tools = figures.entrySet().stream()
                .filter(entry -> entry.getKey().scope().kind() == MetricsScope.Kind.TOOL)
                .toList();
        for (Map.Entry<Slot, Figures> tool : tools) {
            long startMillis = tool.getKey().startMillis();
            String server = String.valueOf(tool.getKey().scope().server());
            at(MetricsScope.server(server), startMillis).add(tool.getValue());
            at(MetricsScope.TOTAL, startMillis).add(tool.getValue());
        }
    }

    /** Each scope goes one way. */
    Map<Integer, byte[]> byLane(int lanes) {
        Map<Integer, ByteOutput> outputs = new HashMap<>();
        figures.forEach((slot, more) -> {
            ByteOutput out = outputs.computeIfAbsent(Lanes.of(slot.scope(), lanes), lane -> new ByteOutput());
            Scopes.write(out, slot.scope());
            out.number(slot.startMillis());
            FiguresCodec.write(out, more);
        });
        return outputs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toByteArray()));
    }

    /** Reads one lane's. */
    static void read(byte[] bytes, BiConsumer<Slot, Figures> reader) {
        ByteInput in = new ByteInput(bytes);
        while (in.hasMore()) {
            Slot slot = new Slot(Scopes.read(in), in.number());
            reader.accept(slot, FiguresCodec.read(in));
        }
    }
}
