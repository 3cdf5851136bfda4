package io.toolstream.bench;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Extent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run of the bench measures, for how long, and where its parts live. */
public record BenchSettings(
        Workload workload,
        Rounds rounds,
        Set<Contender> contenders,
        Placement placement,
        KafkaLayout kafka,
        Format format) {
    public static final BenchSettings DEFAULT = new BenchSettings(
            Workload.DEFAULT, Rounds.DEFAULT, Contender.usual(), Placement.DEFAULT, KafkaLayout.DEFAULT, Format.TABLE);

    public BenchSettings {
        contenders = Set.copyOf(contenders);
        if (contenders.isEmpty()) {
            throw new IllegalArgumentException("contenders: name at least one of " + List.of(Contender.values()));
        }
    }

    /** How results are printed. */
    public enum Format {
        TABLE,
        JSON
    }

    /**
     * The load.
     *
     * @param inFlight one closed loop for each: so many calls under way at any time
     * @param ratesPerSecond one open loop for each: calls begin on schedule, whatever the answers do
     * @param payloadBytes size of the arguments of each call
     * @param pause of closed loops, between the end of a call and the next
     * @param toolTime median of the tool's time, which is spread by a log-normal law; zero: the tool answers at once
     */
    public record Workload(
            List<Integer> inFlight, List<Integer> ratesPerSecond, int payloadBytes, Duration pause, Duration toolTime) {
        public static final Workload DEFAULT = new Workload(List.of(1, 50), List.of(), 256);
        private static final int SMALLEST_PAYLOAD = 48;

        public Workload {
            inFlight = List.copyOf(inFlight);
            ratesPerSecond = List.copyOf(ratesPerSecond);
            inFlight.forEach(calls -> Require.that(calls > 0, "in flight: " + calls + ", must be positive"));
            ratesPerSecond.forEach(rate -> Require.that(rate > 0, "rate: " + rate + " per second, must be positive"));
            Require.that(!(inFlight.isEmpty() && ratesPerSecond.isEmpty()), "name a number in flight or a rate");
            Require.that(payloadBytes >= SMALLEST_PAYLOAD, "payload: at least " + SMALLEST_PAYLOAD + " bytes");
            Require.that(!pause.isNegative(), "pause: " + pause.toMillis() + " ms, must not be negative");
            Require.that(!toolTime.isNegative(), "tool time: " + toolTime.toMillis() + " ms, must not be negative");
        }

        /** Without a pause, of a tool that answers at once. */
        public Workload(List<Integer> inFlight, List<Integer> ratesPerSecond, int payloadBytes) {
            this(inFlight, ratesPerSecond, payloadBytes, Duration.ZERO, Duration.ZERO);
        }
    }

    /**
     * How often and how long. A warm-up or measurement lasts until both its calls and its time are reached: the same rule
     * for all.
     *
     * @param count rounds; each measures every contender at every load, in rotated order
     * @param firstWarmUp of each contender, before the first round, at the load with most calls in flight: compilers
     *     must have come to rest, or the later rounds measure them
     * @param warmUp before each measurement
     */
    public record Rounds(int count, Extent firstWarmUp, Extent warmUp, Extent measure) {
        public static final Rounds DEFAULT = new Rounds(
                5,
                new Extent(30_000, Duration.ofSeconds(10)),
                new Extent(100, Duration.ofMillis(500)),
                new Extent(200, Duration.ofSeconds(3)));

        public Rounds {
            Require.that(count > 0, "rounds: " + count + ", must be positive");
        }
    }

    /**
     * Where the parts run: in processes of their own, or all in this one.
     *
     * @param servers that the worker has
     * @param children how many of them are children of the worker, the others being reached over HTTP
     * @param worker settings of the worker that are not the default
     */
    public record Placement(
            boolean inProcess, int servers, int workerHeapMiB, int children, Map<String, String> worker) {
        public static final Placement DEFAULT = new Placement(false, 1, 128);

        public Placement {
            worker = Map.copyOf(worker);
            Require.that(servers > 0, "servers: " + servers + ", must be positive");
            Require.that(workerHeapMiB >= 32, "worker heap: " + workerHeapMiB + " MiB, at least 32");
            Require.that(
                    children >= 0 && children <= servers,
                    "children: " + children + ", from 0 to servers (" + servers + ")");
        }

        /** All servers over HTTP. */
        public Placement(boolean inProcess, int servers, int workerHeapMiB) {
            this(inProcess, servers, workerHeapMiB, 0, Map.of());
        }
    }

    /**
     * The Kafka side.
     *
     * @param bootstrapServers null: a broker of the bench's own
     * @param clientProperties go to the clients of every contender alike
     */
    public record KafkaLayout(@Nullable String bootstrapServers, int partitions, Map<String, String> clientProperties) {
        public static final KafkaLayout DEFAULT = new KafkaLayout(null, 24, Map.of());

        public KafkaLayout {
            clientProperties = Map.copyOf(clientProperties);
            Require.that(partitions > 0, "partitions: " + partitions + ", must be positive");
        }
    }
}
