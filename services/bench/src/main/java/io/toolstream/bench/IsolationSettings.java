package io.toolstream.bench;

import io.toolstream.bench.BenchSettings.Format;
import io.toolstream.bench.BenchSettings.KafkaLayout;
import io.toolstream.bench.BenchSettings.Placement;
import io.toolstream.bench.stub.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is measured of one bad server's harm to the others.
 *
 * @param faults of the first server, one after the other
 * @param rounds of each fault; each measures the other servers without it and, right from its beginning, with it
 * @param callsPerSecond to each server, the bad one included
 * @param worker settings of the worker that are not the default, by their keys
 */
public record IsolationSettings(
        List<Fault> faults,
        int rounds,
        Duration measure,
        int callsPerSecond,
        Duration toolTime,
        Map<String, String> worker,
        Placement placement,
        KafkaLayout kafka,
        Format format) {
    private static final int SERVERS = 9;

    public static final IsolationSettings DEFAULT = new IsolationSettings(
            List.of(Fault.DEAD, Fault.HUNG, Fault.RESETTING, Fault.DRIPPING),
            3,
            Duration.ofSeconds(10),
            30,
            Duration.ofMillis(50),
            Map.of(),
            new Placement(false, SERVERS, Placement.DEFAULT.workerHeapMiB()),
            KafkaLayout.DEFAULT,
            Format.TABLE);

    public IsolationSettings {
        faults = List.copyOf(faults);
        worker = Map.copyOf(worker);
        Require.that(!faults.isEmpty(), "name a fault");
        Require.that(!faults.contains(Fault.NONE), "none is no fault");
        Require.that(rounds > 0, "rounds: " + rounds + ", must be positive");
        Require.that(callsPerSecond > 0, "rate: " + callsPerSecond + " per second, must be positive");
        Require.that(placement.servers() > 1, "servers: " + placement.servers() + ", at least 2");
        Require.that(!placement.inProcess(), "the worker must have a process of its own");
    }
}
