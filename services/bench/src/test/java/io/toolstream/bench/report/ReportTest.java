package io.toolstream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Failures;
import io.toolstream.bench.load.Latency;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.place.Effort;
import io.toolstream.bench.place.Efforts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final Environment HERE = new Environment(Map.of("cores", "2", "jdk", "17"));

    @Test
    void rows_sumUpRoundsByTheirMedian() {
        Samples samples = new Samples(
                List.of(
                        sample(1, "1 in flight", Contender.FLOOR, 1_000, 900_000),
                        sample(2, "1 in flight", Contender.FLOOR, 4_000, 700_000),
                        sample(3, "1 in flight", Contender.FLOOR, 2_000, 800_000)),
                0);

        Row row = samples.rows().get(0);

        assertThat(row.callsPerSecond()).isEqualTo(new Spread(2_000, 1_000, 4_000));
        assertThat(row.p50()).isEqualTo(new Spread(0.8, 0.7, 0.9));
        assertThat(row.losses().calls()).isEqualTo(7_000);
    }

    @Test
    void ratios_areTakenWithinRounds() {
        // Given a machine twice as slow in the second round: within each round line / floor is 0.6 and 0.5.
        Samples samples = new Samples(
                List.of(
                        sample(1, "50 in flight", Contender.FLOOR, 10_000, 1_000_000),
                        sample(1, "50 in flight", Contender.LINE, 6_000, 1_000_000),
                        sample(2, "50 in flight", Contender.LINE, 2_500, 1_000_000),
                        sample(2, "50 in flight", Contender.FLOOR, 5_000, 1_000_000)),
                0);

        List<Ratio> ratios = new Ratios(samples).all();

        assertThat(ratios).hasSize(2);
        assertThat(ratios.get(0).value().median()).isCloseTo(0.55, within(1e-9));
        assertThat(ratios.get(0).verdict()).isEqualTo("at least 0.5: met");
    }

    @Test
    void latencyRatio_addsFloorAndStub() {
        Samples samples = new Samples(
                List.of(
                        sample(1, "1 in flight", Contender.FLOOR, 10, 800_000),
                        sample(1, "1 in flight", Contender.STUB, 10, 200_000),
                        sample(1, "1 in flight", Contender.LINE, 10, 1_600_000)),
                0);

        Ratio ratio = new Ratios(samples).all().get(0);

        assertThat(ratio.value().median()).isCloseTo(1.6, within(1e-9));
        assertThat(ratio.verdict()).isEqualTo("at most 1.5: NOT MET");
    }

    @Test
    void ledgerRatio_countsProduceAcknowledgements() {
        Samples samples = new Samples(
                List.of(
                        sample(1, "1 in flight", Contender.ACK, 10, 500_000),
                        sample(1, "1 in flight", Contender.LINE, 10, 1_600_000),
                        sample(1, "1 in flight", Contender.LINE_ONCE, 10, 2_200_000)),
                0);

        Ratio ratio = new Ratios(samples).all().get(0);

        assertThat(ratio.value().median()).isCloseTo(1.2, within(1e-9));
        assertThat(ratio.verdict()).isEqualTo("at most 1.0: NOT MET");
    }

    @Test
    void orderRatio_comparesThroughputOnTheSamePartitions() {
        Samples samples = new Samples(
                List.of(
                        sample(1, "50 in flight", Contender.LINE_KEYED, 1_000, 1_000_000),
                        sample(1, "50 in flight", Contender.LINE_ORDERED, 950, 1_000_000)),
                0);

        Ratio ratio = new Ratios(samples).all().get(0);

        assertThat(ratio.value().median()).isCloseTo(0.95, within(1e-9));
        assertThat(ratio.verdict()).isEqualTo("at least 0.9: met");
    }

    @Test
    void table_showsRowsRatiosAndTheFirstFailure() {
        Samples samples = new Samples(
                List.of(
                        sample(1, "50 in flight", Contender.FLOOR, 10_000, 2_345_678),
                        new Sample(
                                1,
                                "50 in flight",
                                Contender.LINE,
                                new Measurement(
                                        1_000,
                                        1_000_000_000,
                                        new Latency(5_000_000, 6_000_000, 7_000_000, 8_000_000, 9_000_000),
                                        new Failures(1, 0, 2, "WrongAnswerException: not mine")),
                                new Efforts(Map.of(
                                        "here", new Effort(60_000_000, 2_500, 1_024_000),
                                        "broker", new Effort(40_000_000, 0, 0))))),
                0);

        String table = TableReport.of(HERE, samples);

        assertThat(table.lines().filter(line -> line.startsWith("cores")).findFirst())
                .hasValue("cores          2");
        assertThat(table)
                .containsPattern("50 in flight +floor +10000 +\\(10000 to 10000\\) +2\\.35")
                .containsPattern(
                        "50 in flight +line +1000 .* 6\\.00 +7\\.00 +8\\.00 +9\\.00 +100 +3  broker 40, here 60\\R")
                .containsPattern("50 in flight +line +broker 0\\.0 and 0\\.0, here 2\\.5 and 1\\.0\\R")
                .contains("at least 0.5: NOT MET")
                .contains("50 in flight, line: WrongAnswerException: not mine");
        assertThat(samples.failures()).isEqualTo(3);
    }

    @Test
    void json_holdsTheSame() {
        Samples samples = new Samples(List.of(sample(1, "1 in flight", Contender.STUB, 10, 200_000)), 0);

        assertThat(JsonReport.of(HERE, samples))
                .startsWith("{\"environment\":{\"cores\":\"2\",\"jdk\":\"17\"},\"rows\":[{")
                .contains("\"contender\":\"stub\"", "\"p95Ms\":0.200", "\"failures\":0", "\"ratios\":[]");
    }

    @Test
    void jsonText_escapesWhatMustBe() {
        assertThat(JsonText.of(Map.of("a\"\\", List.of("line\nbreak", 3L, Double.NaN))))
                .isEqualTo("{\"a\\\"\\\\\":[\"line\\u000abreak\",3,null]}");
    }

    private static Sample sample(int round, String load, Contender contender, long calls, long latencyNanos) {
        Latency latency = new Latency(latencyNanos, latencyNanos, latencyNanos, latencyNanos, latencyNanos);
        Measurement measurement = new Measurement(calls, 1_000_000_000, latency, new Failures(0, 0, 0, null));
        return new Sample(
                round, load, contender, measurement, new Efforts(Map.of("here", new Effort(calls * 1_000, 0, 0))));
    }
}
