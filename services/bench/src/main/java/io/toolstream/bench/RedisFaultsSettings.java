package io.toolstream.bench;

import io.toolstream.bench.stub.RedisFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is measured of a failing Redis' harm to calls.
 *
 * @param faults one after the other
 * @param rounds of each fault; each measures calls without it and, right from its beginning, with it
 * @param keys different calls, all as frequent as any other
 * @param toolTime of a call that is executed
 */
public record RedisFaultsSettings(
        List<RedisFault> faults, int rounds, Duration measure, int callsPerSecond, int keys, Duration toolTime) {
    public static final RedisFaultsSettings DEFAULT = new RedisFaultsSettings(
            List.of(
                    RedisFault.SLOW,
                    RedisFault.LATE,
                    RedisFault.STOPPED,
                    RedisFault.KILLED,
                    RedisFault.FLUSHED,
                    RedisFault.READ_ONLY),
            1,
            Duration.ofSeconds(8),
            300,
            500,
            Duration.ofMillis(5));

    private static final String ENTRIES = "50";

    public RedisFaultsSettings {
        faults = List.copyOf(faults);
        Require.that(!faults.isEmpty(), "name a fault");
        Require.that(rounds > 0, "rounds: " + rounds + ", must be positive");
        Require.that(callsPerSecond > 0, "rate: " + callsPerSecond + " per second, must be positive");
        Require.that(keys > 0, "keys: " + keys + ", must be positive");
    }

    /** Settings of a worker whose memory holds few of the answers, so that most come from its Redis. */
    Map<String, String> worker(String redis) {
        return Map.of("redis.url", redis, "redis.secret", "bench", "cache.entries", ENTRIES);
    }
}
