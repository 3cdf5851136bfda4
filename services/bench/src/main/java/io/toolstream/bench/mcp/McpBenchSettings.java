package io.toolstream.bench.mcp;

import io.toolstream.bench.load.Extent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is measured, and for how long.
 *
 * @param inFlight a closed loop for each
 * @param rounds each measures every way at every load, in rotated order; medians are told
 * @param warmUp of each way, before the first round
 * @param measure each
 */
public record McpBenchSettings(
        Set<Way> ways, List<Integer> inFlight, int payloadBytes, int rounds, Extent warmUp, Extent measure) {
    public static final McpBenchSettings DEFAULT = new McpBenchSettings(
            Set.of(Way.values()),
            List.of(1, 50),
            256,
            5,
            new Extent(20_000, Duration.ofSeconds(6)),
            new Extent(200, Duration.ofSeconds(2)));

    public McpBenchSettings {
        ways = Set.copyOf(ways);
        inFlight = List.copyOf(inFlight);
        if (ways.isEmpty() || inFlight.isEmpty() || rounds < 1) {
            throw new IllegalArgumentException("name at least one way, one number in flight and one round");
        }
    }

    int mostInFlight() {
        return inFlight.stream().max(Integer::compare).orElseThrow();
    }
}
