package io.toolstream.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HealthTest {
    /** {@code +} for an answered probe, {@code -} for one that was not; the first letters of the states that follow. */
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "+, u",
        "++, uh",
        "+-++, uuuh",
        "-, u",
        "---, uux",
        "--+--, uuuuu",
        "++-, uhd",
        "++--, uhdd",
        "++---, uhddx",
        "++-+, uhdd",
        "++-++, uhddh",
        "++-+--, uhdddd",
        "++-+---, uhddddx",
        "++---+, uhddxd",
        "++---++, uhddxdh",
        "++---+-, uhddxdd",
        "++---+---, uhddxdddx",
        "++---------, uhddxxxxxxx"
    })
    void health_afterProbes_is(String probes, String states) {
        StringBuilder met = new StringBuilder();
        Health health = Health.UNKNOWN;
        for (int i = 0; i < probes.length(); i++) {
            health = health.after(probes.charAt(i) == '+');
            met.append(letter(health.state()));
        }
        assertThat(met).hasToString(states);
    }

    private static char letter(HealthState state) {
        return switch (state) {
            case UNKNOWN -> 'u';
            case HEALTHY -> 'h';
            case DEGRADED -> 'd';
            case UNHEALTHY -> 'x';
        };
    }
}
