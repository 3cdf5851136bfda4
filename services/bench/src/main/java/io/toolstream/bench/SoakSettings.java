package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.BenchSettings.Rounds;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.contender.Contender;
import io.toolstream.settings.ToolstreamSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a soak does: puts calls on the line and looks at the worker's process at some of them.
 *
 * @param checkpoints numbers of calls, rising; 0: when the worker is ready
 */
public record SoakSettings(
        List<Long> checkpoints, Workload workload, Placement placement, KafkaLayout kafka, Format format) {
    private static final int SERVERS = 9;

    public static final SoakSettings DEFAULT = new SoakSettings(
            List.of(1_000L, 10_000L, 30_000L, 100_000L),
            new Workload(List.of(50), List.of(), Workload.DEFAULT.payloadBytes()),
            new Placement(false, SERVERS, Placement.DEFAULT.workerHeapMiB(), 1, Map.of()),
            KafkaLayout.DEFAULT,
            Format.TABLE);

    public SoakSettings {
        checkpoints = checkpoints.stream().sorted().toList();
        Require.that(!checkpoints.isEmpty() && checkpoints.get(0) >= 0, "calls: at least one number, none negative");
        Require.that(!placement.inProcess(), "a soak looks at the worker's process: it must have one of its own");
        Require.that(workload.inFlight().size() == 1, "in flight: one number");
    }

    /** Calls under way at any time. */
    public int inFlight() {
        return workload.inFlight().get(0);
    }

    /** The site of a bench that measures the line alone. */
    BenchSettings site() {
        return new BenchSettings(workload, Rounds.DEFAULT, Set.of(Contender.LINE), placement, kafka, format);
    }

    /** The most connections to one tool server that the worker may have. */
    int mostConnections() {
        String set = placement.worker().get("mcp.pool.max");
        return set == null ? ToolstreamSettings.defaults().mcp().pool().max() : Integer.parseInt(set);
    }
}
