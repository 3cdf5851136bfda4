package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.BenchSettings.Rounds;
import io.toolstream.bench.BenchSettings.Workload;
import io.toolstream.bench.contender.Contender;
import java.util.List;
import java.util.Set;

/**
 * What a soak does: puts calls on the line and looks at the worker's process at some of them.
 *
 * @param checkpoints numbers of calls, rising
 */
public record SoakSettings(
        List<Long> checkpoints, int inFlight, int payloadBytes, Placement placement, KafkaLayout kafka, Format format) {
    private static final int SERVERS = 9;

    public static final SoakSettings DEFAULT = new SoakSettings(
            List.of(1_000L, 10_000L, 30_000L, 100_000L),
            50,
            Workload.DEFAULT.payloadBytes(),
            new Placement(false, SERVERS, Placement.DEFAULT.workerHeapMiB(), 1),
            KafkaLayout.DEFAULT,
            Format.TABLE);

    public SoakSettings {
        checkpoints = checkpoints.stream().sorted().toList();
        Require.that(!checkpoints.isEmpty() && checkpoints.get(0) > 0, "calls: at least one number, all positive");
        Require.that(!placement.inProcess(), "a soak looks at the worker's process: it must have one of its own");
        workload(inFlight, payloadBytes);
    }

    /** The site of a bench that measures the line alone. */
    BenchSettings site() {
        return new BenchSettings(
                workload(inFlight, payloadBytes), Rounds.DEFAULT, Set.of(Contender.LINE), placement, kafka, format);
    }

    private static Workload workload(int inFlight, int payloadBytes) {
        return new Workload(List.of(inFlight), List.of(), payloadBytes);
    }
}
